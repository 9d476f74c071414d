/**
 * Keeps what somebody types about drafts: on the server as they type, and in this tab's memory while there is no
 * connection; shows what the server knows of each file, and who will see it.
 */
const WAIT = 600; // milliseconds without a key
const AGAIN = 5000; // milliseconds until a failed save is tried again
const SLOWEST = 10000; // milliseconds between two looks at a file that is being read

const give = document.querySelector("[data-give]");
const place = document.getElementById("drafts");
const store = give && `drafts-${give.dataset.user}`;
const timers = new Map();
const looks = new Map();
let pending = {}; // draft: { field: values }

function remember() {
  sessionStorage.setItem(store, JSON.stringify(pending));
}

function draft(key) {
  return place.querySelector(`[data-draft="${key}"]`);
}

function controls(key, field) {
  return [...place.querySelectorAll(`[name="${key}-${field}"]`)];
}

function note(kind) {
  const line = place.querySelector("[data-kept]");
  if (line) line.textContent = line.dataset[kind];
}

function onInput(event) {
  const article = event.target.closest("[data-draft]");
  const key = article?.dataset.draft;
  if (!key || !event.target.name?.startsWith(`${key}-`) || event.target.name.endsWith("-is_chosen")) return;
  const values = new FormData(article.closest("form")).getAll(event.target.name);
  pending[key] = { ...pending[key], [event.target.name.slice(key.length + 1)]: values };
  remember();
  later(key, WAIT);
}

function later(key, wait) {
  clearTimeout(timers.get(key));
  timers.set(key, setTimeout(() => save(key), wait));
}

async function save(key) {
  clearTimeout(timers.get(key));
  const article = draft(key);
  const sent = { ...pending[key] };
  if (!article) return;
  const body = new URLSearchParams({ csrfmiddlewaretoken: article.closest("form").elements.csrfmiddlewaretoken.value });
  for (const [field, values] of Object.entries(sent)) {
    body.append("touched", field);
    for (const value of values) body.append(`${key}-${field}`, value);
  }
  try {
    const answer = await fetch(article.dataset.save, { method: "POST", body, headers: { "X-Live": "draft" }, cache: "no-store" });
    if (answer.status === 404) return forget(key, sent);
    if (!answer.ok || answer.redirected) throw new Error(`The draft was not kept: ${answer.status}.`);
    const html = await answer.text();
    forget(key, sent);
    if (Object.keys(sent).length) note("saysKept");
    show(key, new DOMParser().parseFromString(html, "text/html").querySelector("[data-draft]"));
  } catch {
    note("saysOffline"); // it is remembered, and tried again
    later(key, AGAIN);
  }
}

/** What arrived need not be remembered, except where somebody typed on meanwhile. */
function forget(key, sent) {
  for (const [field, values] of Object.entries(sent)) {
    if (JSON.stringify(pending[key]?.[field]) === JSON.stringify(values)) delete pending[key][field];
  }
  if (!Object.keys(pending[key] ?? {}).length) delete pending[key];
  remember();
}

/** Takes over the server's words, and its guesses where nobody is typing. */
function show(key, fresh) {
  const article = draft(key);
  for (const part of fresh.querySelectorAll("[data-live]")) {
    const old = article.querySelector(`[data-live="${part.dataset.live}"]`);
    if (old && old.innerHTML !== part.innerHTML) old.innerHTML = part.innerHTML;
  }
  for (const control of fresh.querySelectorAll("[name]")) {
    const field = control.name.slice(key.length + 1);
    const mine = control.id && document.getElementById(control.id);
    if (!mine || mine === document.activeElement || field === "is_chosen" || pending[key]?.[field]) continue;
    if (mine.type === "checkbox" || mine.type === "radio") mine.checked = control.checked;
    else mine.value = control.value;
  }
  look(key);
}

/** Looks again at a file that is being read. */
function look(key) {
  if (!draft(key)?.querySelector("[data-waiting]")) return;
  const wait = Math.min((looks.get(key) ?? 1000) * 1.5, SLOWEST);
  looks.set(key, wait);
  later(key, wait);
}

/** Puts what was remembered back into the fields, and sends it. */
function restore() {
  for (const [key, fields] of Object.entries(pending)) {
    if (!draft(key)) delete pending[key];
    for (const [field, values] of Object.entries(draft(key) ? fields : {})) fill(controls(key, field), values);
    if (draft(key)) later(key, WAIT);
  }
  remember();
  for (const article of place.querySelectorAll("[data-draft]")) look(article.dataset.draft);
}

function fill(fields, values) {
  for (const control of fields) {
    if (control.type === "checkbox" || control.type === "radio") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
}

/** Shows new drafts in the place of the old ones, with the keyboard where it was. */
async function refresh() {
  await Promise.all(Object.keys(pending).map(save));
  const answer = await fetch(location.pathname, { headers: { "X-Live": "drafts" }, cache: "no-store" });
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("drafts");
  const focused = document.activeElement?.id;
  place.className = fresh.className;
  place.innerHTML = fresh.innerHTML;
  restore();
  if (focused) document.getElementById(focused)?.focus();
  document.dispatchEvent(new CustomEvent("give:shown"));
}

function onSubmit(event) {
  if (navigator.onLine) return;
  event.preventDefault();
  note("saysOffline");
}

if (give && place) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith("drafts-") && name !== store) sessionStorage.removeItem(name); // somebody else's
  }
  pending = JSON.parse(sessionStorage.getItem(store) ?? "{}");
  place.addEventListener("input", onInput);
  place.addEventListener("submit", onSubmit);
  document.addEventListener("give:arrived", refresh);
  addEventListener("online", () => Object.keys(pending).forEach(save));
  place.querySelector("[data-wrong]")?.focus();
  restore();
}
