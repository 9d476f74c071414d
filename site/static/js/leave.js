/** Leaves quickly, by the link or by Escape three times: blanks the page at once and takes its place in the history. */
const TIMES = 3;
const WITHIN = 2000; // milliseconds
let presses = [];

function leave(link) {
  document.title = "…";
  document.documentElement.hidden = true;
  location.replace(link.href);
}

/** The link that is shown; on the home page there is none until an answer stands there. */
function shownLink() {
  return [...document.querySelectorAll(".leave__link")].find((link) => link.checkVisibility?.() ?? link.offsetParent);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".leave__link");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  leave(link);
});

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.repeat) return;
  if (event.key !== "Escape") {
    presses = [];
    return;
  }
  presses = [...presses, event.timeStamp].filter((time) => event.timeStamp - time < WITHIN);
  const link = shownLink();
  if (presses.length >= TIMES && link) leave(link);
});
