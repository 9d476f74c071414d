/** Suggests titles of tools while somebody types one; without it the whole title or an address does as well. */
const WAIT = 250; // milliseconds without a key
const names = document.getElementById("tool-names");
let timer;
let latest = 0;

async function suggest(field) {
  const mine = ++latest;
  const answer = await fetch(`${names.dataset.url}?${new URLSearchParams({ q: field.value })}`);
  if (!answer.ok || mine !== latest) return;
  const found = (await answer.json()).names;
  names.replaceChildren(...found.map((name) => Object.assign(document.createElement("option"), { value: name })));
}

if (names) {
  document.addEventListener("input", (event) => {
    if (!event.target.matches?.("[data-names]")) return;
    clearTimeout(timer);
    timer = setTimeout(() => suggest(event.target).catch(() => names.replaceChildren()), WAIT); // typing it out works
  });
}
