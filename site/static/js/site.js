/** Closes the menu of the telephone with Escape or a tap beside it. */
const menu = document.querySelector("details.menu");

function close() {
  menu.open = false;
}

if (menu) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    close();
    menu.querySelector("summary").focus();
  });
  document.addEventListener("click", (event) => {
    if (menu.open && !menu.contains(event.target)) close();
  });
}
