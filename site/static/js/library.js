/** Results while somebody types or chooses: the same page, asked again. Without scripts the button does it. */
const WAIT = 200; // milliseconds without a key

const form = document.querySelector("form.search");
const place = document.querySelector(".search-place");
const status = form?.querySelector("[role=status]");
let timer;
let request;
let latest = 0; // a late answer never takes the place of a newer one

function address() {
  const query = new URLSearchParams([...new FormData(form)].filter(([, value]) => value.trim()));
  return query.size ? `${form.action}?${query}` : form.action;
}

/** Gives each menu the choices and counts of the answer; the one that is in use stays as it is. */
function renewMenus(answer) {
  for (const menu of answer.querySelectorAll("[data-menus] select")) {
    const own = document.getElementById(menu.id);
    if (own && own !== document.activeElement) own.innerHTML = menu.innerHTML;
  }
  answer.querySelector("[data-menus]")?.remove();
}

function markError(answer) {
  const field = form.elements.q.closest(".field");
  const list = answer.querySelector("[hidden] > .errorlist");
  field.querySelector(".errorlist")?.remove();
  field.classList.toggle("field--error", Boolean(list));
  form.elements.q.toggleAttribute("aria-invalid", Boolean(list));
  if (list) form.elements.q.before(list);
}

async function ask() {
  clearTimeout(timer);
  request?.abort();
  request = new AbortController();
  latest += 1;
  const mine = latest;
  const url = address();
  place.setAttribute("aria-busy", "true");
  const response = await fetch(url, { headers: { "X-Live": "1" }, signal: request.signal });
  const html = await response.text();
  if (mine !== latest) return;
  place.removeAttribute("aria-busy");
  if (!response.ok || response.redirected) return location.assign(url); // signed out, or a failure: show it
  const answer = new DOMParser().parseFromString(html, "text/html").body;
  renewMenus(answer);
  markError(answer);
  place.replaceChildren(...answer.childNodes);
  status.textContent = place.firstElementChild?.dataset.says ?? "";
  history.replaceState(null, "", url);
}

async function answer() {
  try {
    await ask();
  } catch (error) {
    if (error.name !== "AbortError") place.removeAttribute("aria-busy"); // offline: the button still works
  }
}

function onInput(event) {
  if (event.isComposing) return;
  clearTimeout(timer);
  timer = setTimeout(answer, event.target.tagName === "SELECT" ? 0 : WAIT);
}

if (form && place) {
  form.addEventListener("input", onInput);
  form.addEventListener("compositionend", onInput);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    answer();
  });
}
