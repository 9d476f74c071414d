/** Suggests colleagues after "@" in a text; without it one writes the whole name. */
const WAIT = 200; // milliseconds without a key
const NAME = /(?:^|[^\p{L}\p{N}_])@([\p{L}\p{N}][\p{L}\p{N}\p{M}'’. -]{1,60})$/u; // what stands before the cursor

for (const field of document.querySelectorAll("textarea[data-colleagues]")) offer(field);

function offer(field) {
  const list = document.createElement("ul");
  const status = document.createElement("p");
  list.id = `${field.id}_colleagues`;
  list.className = "suggestions list-plain";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.after(list, status);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  let timer;
  let latest = 0;
  let shown; // for which name the list is
  let inserted; // what stands there already needs no suggestion

  const typed = () => NAME.exec(field.value.slice(0, field.selectionEnd))?.[1];
  const chosen = () => list.querySelector("[aria-selected=true]");

  function close() {
    latest++;
    clearTimeout(timer);
    list.hidden = true;
    list.replaceChildren();
    status.textContent = "";
    field.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    for (const one of list.children) one.setAttribute("aria-selected", one === option);
    field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function insert(option) {
    const name = typed();
    close();
    if (!name) return; // the cursor went elsewhere
    const end = field.selectionEnd;
    inserted = option.dataset.written.slice(1);
    field.setRangeText(`${option.dataset.written} `, end - name.length - 1, end, "end");
    field.focus();
  }

  function show({ colleagues, label, said }) {
    list.setAttribute("aria-label", label);
    list.replaceChildren(...colleagues.map(optionOf));
    list.hidden = colleagues.length === 0;
    status.textContent = said;
  }

  function optionOf({ name, association, written }, place) {
    const option = document.createElement("li");
    option.id = `${list.id}_${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false"); // Enter is a new line until an arrow key chose
    option.dataset.written = written;
    option.append(Object.assign(document.createElement("strong"), { textContent: name }), ` ${association}`);
    option.addEventListener("mousedown", (event) => {
      event.preventDefault(); // the text keeps the focus
      insert(option);
    });
    return option;
  }

  async function ask() {
    const mine = ++latest;
    const name = typed();
    if (!name) return;
    const answer = await fetch(`${field.dataset.colleagues}?${new URLSearchParams({ q: name })}`);
    if (!answer.ok || answer.redirected) return;
    const found = await answer.json();
    if (mine !== latest || typed() !== name) return;
    shown = name;
    show(found);
  }

  field.addEventListener("input", () => {
    close();
    const name = typed();
    if (name && !(inserted && name.startsWith(inserted))) timer = setTimeout(() => ask().catch(close), WAIT); // typing it out works
  });
  field.addEventListener("blur", close);
  field.addEventListener("click", close);
  field.addEventListener("keyup", () => {
    if (!list.hidden && typed() !== shown) close();
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    const now = chosen();
    const step = { ArrowDown: now?.nextElementSibling ?? list.firstElementChild, ArrowUp: now?.previousElementSibling ?? list.lastElementChild };
    if (event.key === "Enter" && now) insert(now);
    else if (event.key === "Escape") close();
    else if (step[event.key]) choose(step[event.key]);
    else return;
    event.preventDefault();
  });
}
