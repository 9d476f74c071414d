/** Puts the cursor in the search field of the page when one types "/" elsewhere. */
const field = document.querySelector("input[type=search]");

function isTyping(element) {
  return element.matches("input, textarea, select, [contenteditable]");
}

document.addEventListener("keydown", (event) => {
  const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
  if (event.key !== "/" || !isPlain || !field || isTyping(event.target)) return;
  event.preventDefault();
  field.focus();
  field.select();
});
