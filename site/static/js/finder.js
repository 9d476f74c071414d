/**
 * Answers while somebody types. What is typed stays in the page: it enters no address, no history and no storage,
 * and it is wiped as soon as the page is left.
 */
const WAIT = 250; // milliseconds without a key
const SHORTEST = 3; // characters worth asking for

const form = document.querySelector("form.finder");
const place = document.querySelector(".finder-place");
const shown = place?.closest("[data-appears]");
const field = form?.elements.words;
const status = form?.querySelector("[role=status]");
let timer;
let latest = 0; // a late answer never takes the place of a newer one
let request;

function stop() {
  clearTimeout(timer);
  request?.abort();
  latest += 1;
  place.removeAttribute("aria-busy");
}

function show(html, said = "") {
  place.innerHTML = html;
  shown.hidden = !html;
  status.textContent = said;
}

function wipe() {
  stop();
  for (const control of form.elements) control.value = "";
  markErrors([]);
  show("");
}

/** Puts messages next to their fields, as the page does without scripts. */
function markErrors(lists) {
  for (const control of form.querySelectorAll("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
    control.closest(".field").classList.remove("field--error");
    control.closest(".field").querySelector(".errorlist")?.remove();
  }
  for (const list of lists) {
    const control = document.getElementById(list.id.replace(/_error$/, ""));
    control.before(list);
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", list.id);
    control.closest(".field").classList.add("field--error");
    control.closest("details")?.setAttribute("open", "");
  }
}

async function ask(live) {
  stop();
  const mine = latest;
  request = new AbortController();
  place.setAttribute("aria-busy", "true");
  const answer = await fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    headers: { "X-Live": live },
    credentials: "omit",
    cache: "no-store",
    signal: request.signal,
  });
  const html = await answer.text();
  if (mine !== latest) return false;
  place.removeAttribute("aria-busy");
  if (answer.status === 422) {
    const page = new DOMParser().parseFromString(html, "text/html");
    show("");
    markErrors(page.querySelectorAll(".errorlist"));
    return false;
  }
  if (!answer.ok) throw new Error(`The finder answers ${answer.status}.`);
  markErrors([]);
  show(html.trim());
  return true;
}

async function askWhileTyping() {
  try {
    if (await ask("typing")) status.textContent = place.firstElementChild.dataset.says;
  } catch (error) {
    if (error.name !== "AbortError") stop(); // the button still works
  }
}

async function answerInPlace(event) {
  event.preventDefault();
  try {
    if (!(await ask("asked"))) return field.focus();
    place.querySelector("h2").focus({ preventScroll: true });
    place.scrollIntoView();
  } catch (error) {
    if (error.name !== "AbortError") form.submit();
  }
}

function onChange(event) {
  if (event.isComposing) return; // a word that is being put together, in Arabic or Chinese for example
  const length = field.value.trim().length;
  if (length >= SHORTEST) {
    clearTimeout(timer);
    timer = setTimeout(askWhileTyping, WAIT);
    return;
  }
  stop();
  markErrors([]);
  show("");
}

if (form && place) {
  // A form that was sent without scripts stays in the browser's history, to be sent again on the way back: forget it.
  if (location.href === form.action) history.replaceState(null, "");
  form.addEventListener("input", onChange);
  form.addEventListener("compositionend", onChange);
  form.addEventListener("submit", answerInPlace);
  addEventListener("pagehide", wipe);
  addEventListener("pageshow", (event) => event.persisted && wipe());
}
