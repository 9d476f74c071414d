/** The key "/" leads to the search box; from other pages of the member area, to the library. */
const box = document.querySelector("form.search [name=q]");
const HASH = "#search";

function isTyping(target) {
  return target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
}

function focus() {
  box.focus();
  box.select();
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const way = document.querySelector("[data-search]");
  if (!box && !way) return;
  event.preventDefault();
  if (box) focus();
  else location.assign(way.dataset.search + HASH);
});

if (box && location.hash === HASH) focus();
