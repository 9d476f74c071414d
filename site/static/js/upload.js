/** Hands in files that are dropped anywhere on the page, or chosen, one after the other; each stays here until it arrived. */
const SOONEST = 3000; // milliseconds until it tries again without being asked
const LATEST = 30000;

const form = document.getElementById("hand-in");
const list = document.querySelector("[data-uploads]");
const says = form?.dataset;
let queue = [];
let isSending = false;
let hasArrived = false;
let delay = SOONEST;
let timer;

function add(files) {
  for (const file of files) {
    const item = { file, row: rowFor(file) };
    if (file.size > Number(says.max)) refuse(item, says.saysLarge);
    else queue.push(item);
  }
  next();
}

function rowFor(file) {
  const row = document.createElement("li");
  row.className = "upload";
  row.innerHTML = '<span class="upload__name"></span> <span class="upload__said"></span> <progress max="1" value="0"></progress>';
  row.querySelector(".upload__name").textContent = file.name;
  row.querySelector(".upload__said").textContent = says.saysWaiting;
  row.querySelector("progress").setAttribute("aria-label", file.name);
  list.append(row);
  return row;
}

function say(item, words) {
  const said = item.row.querySelector(".upload__said");
  if (said.textContent !== words) said.textContent = words;
}

function refuse(item, words) {
  say(item, words);
  item.row.classList.add("upload--refused");
  item.row.querySelector("progress")?.remove();
}

function next() {
  if (isSending || !queue.length) {
    if (!queue.length && hasArrived) tell();
    return;
  }
  isSending = true;
  clearTimeout(timer);
  send(queue[0]);
}

function tell() {
  hasArrived = false;
  document.dispatchEvent(new CustomEvent("give:arrived"));
}

function send(item) {
  const request = new XMLHttpRequest();
  const data = new FormData(form);
  data.set("file", item.file, item.file.name);
  item.row.classList.remove("upload--waiting");
  item.row.querySelector("button")?.remove();
  say(item, says.saysSending);
  request.upload.onprogress = (event) => show(item, event);
  request.onload = () => settle(item, request);
  request.onerror = request.onabort = request.ontimeout = () => hold(item, says.saysOffline);
  request.open("POST", form.action);
  request.setRequestHeader("X-Live", "upload");
  request.send(data);
}

function show(item, event) {
  if (!event.lengthComputable) return;
  item.row.querySelector("progress").value = event.loaded / event.total;
  if (event.loaded === event.total) say(item, says.saysChecking);
}

function settle(item, request) {
  if (request.status === 201 || request.status === 422) {
    queue.shift();
    isSending = false;
    delay = SOONEST;
    if (request.status === 201) arrive(item);
    else refuse(item, JSON.parse(request.responseText).refused.join(" ").replace(`${item.file.name}: `, ""));
    return next();
  }
  const isElsewhere = new URL(request.responseURL).pathname !== new URL(form.action).pathname;
  return hold(item, isElsewhere || request.status === 403 ? says.saysSignedOut : says.saysFailed);
}

function arrive(item) {
  hasArrived = true;
  item.row.classList.add("upload--arrived");
  item.row.querySelector("progress").value = 1;
  say(item, says.saysDone);
}

/** Keeps the file, offers to try again, and does so by itself after a while or when the connection is back. */
function hold(item, words) {
  isSending = false;
  say(item, words);
  item.row.classList.add("upload--waiting");
  item.row.querySelector("progress").value = 0;
  const again = document.createElement("button");
  again.type = "button";
  again.className = "button button--quiet";
  again.textContent = says.saysAgain;
  again.addEventListener("click", next);
  item.row.append(again);
  clearTimeout(timer);
  timer = setTimeout(next, delay);
  delay = Math.min(delay * 2, LATEST);
}

function hasFiles(event) {
  return [...(event.dataTransfer?.types ?? [])].includes("Files");
}

function onDrag(event) {
  if (!hasFiles(event)) return;
  event.preventDefault();
  document.body.classList.add("is-dragging");
}

function onDrop(event) {
  document.body.classList.remove("is-dragging");
  if (!hasFiles(event)) return;
  event.preventDefault();
  add(event.dataTransfer.files);
}

if (form && list) {
  form.closest("[data-give]").classList.add("is-live");
  form.addEventListener("change", (event) => {
    add(event.target.files);
    event.target.value = "";
  });
  document.addEventListener("dragover", onDrag);
  document.addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("is-dragging"));
  document.addEventListener("drop", onDrop);
  document.addEventListener("give:shown", () => list.querySelectorAll(".upload--arrived").forEach((row) => row.remove()));
  addEventListener("online", next);
  addEventListener("beforeunload", (event) => queue.length && event.preventDefault());
}
