// Starts what Wagtail starts with inline scripts, which our policy forbids, where it stands: in the page, in a row that is
// added, in a window that opens. home/inline_scripts.py and templates/wagtailadmin/ write the marks.
const start = (mark) => {
  const begin = window[mark.dataset.start];
  const words = JSON.parse(mark.dataset.arguments);
  mark.remove();
  if (/^[A-Z]/.test(mark.dataset.start)) new begin(...words);
  else begin(...words);
};
const look = (place) => {
  if (place.matches?.("template[data-start]")) start(place);
  place.querySelectorAll?.("template[data-start]").forEach(start);
};

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("template[data-addresses]").forEach(({ dataset: { addresses, ...known } }) => {
    window[addresses] ??= known;
  });
  look(document);
  new MutationObserver((changes) => changes.forEach((change) => change.addedNodes.forEach(look)))
    .observe(document.body, { childList: true, subtree: true });
});
