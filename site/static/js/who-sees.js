/** Says who will see a tool as soon as somebody chooses; without it a button does. */
const form = document.querySelector("[data-who-sees]");
const said = form?.querySelector('[data-live="audience"]');
let latest = 0;

async function ask() {
  const mine = ++latest;
  const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { "X-Live": "audience" } });
  if (answer.ok && !answer.redirected && mine === latest) said.innerHTML = await answer.text();
}

if (said) {
  form.closest(".give").classList.add("is-live");
  form.addEventListener("change", (event) => {
    if (/^(sharing|groups|association)$/.test(event.target.name)) ask().catch(() => {}); // saving says it again
  });
}
