// What the portal gains from a script: copy buttons, tables whose rows are ticked at once, files
// that fill a field, and regions that renew themselves. Every page works without it.
"use strict";

document.documentElement.classList.add("scripted");

// <button class="needs-script" data-copy="id of the text">
async function copy(button) {
  const source = document.getElementById(button.dataset.copy);
  const text = "value" in source ? source.value : source.textContent;
  const label = button.dataset.label || button.textContent;
  button.dataset.label = label;
  try {
    await navigator.clipboard.writeText(text);
    say(button, "Copied");
  } catch {
    select(source);
    say(button, "Press Ctrl+C");
  }
  setTimeout(() => say(button, label), 2500);
}

function say(button, text) {
  button.textContent = text;
  const told = document.getElementById("told");
  if (told && text !== button.dataset.label) told.textContent = text;
}

function select(source) {
  if ("select" in source) return source.select();
  getSelection().selectAllChildren(source);
}

// <input type="checkbox" data-all="beginning of the boxes' names">
function tickAll(box) {
  const all = box.form ? box.form.elements : document.querySelectorAll("input");
  for (const one of all) {
    if (one.type === "checkbox" && one.name.startsWith(box.dataset.all)) one.checked = box.checked;
  }
}

// <input type="file" data-fill="id of the field">: text as it is, other bytes in base64.
async function fill(input) {
  const [file] = input.files;
  if (!file) return;
  const bytes = new Uint8Array(await file.arrayBuffer());
  const isText = bytes.every((byte) => byte < 128 && (byte > 31 || byte === 10 || byte === 13 || byte === 9));
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  document.getElementById(input.dataset.fill).value = isText ? text : btoa(text);
}

// <section id="…" data-live="seconds">: is fetched again from the page's own address, unless
// somebody is at work in it, or the page is not looked at. With data-quiet nothing is said of it.
function isBusy(region) {
  return document.hidden
    || (region.contains(document.activeElement) && document.activeElement !== region)
    || region.querySelector("input[type=checkbox]:checked, details[open], dialog[open]") !== null;
}

async function renew(region) {
  if (isBusy(region)) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById(region.id);
  if (!fresh || isBusy(region) || fresh.innerHTML === region.innerHTML) return;
  region.replaceChildren(...fresh.childNodes);
  const told = document.getElementById("told");
  if (told && region.dataset.quiet === undefined) told.textContent = "The list was renewed";
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
document.addEventListener("change", (event) => {
  if (event.target.dataset.all !== undefined) tickAll(event.target);
  if (event.target.dataset.fill !== undefined) fill(event.target);
});
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.querySelector("details.menu[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  const open = document.querySelector("details.menu[open]");
  if (open && !open.contains(event.target)) open.open = false;
});
// In a narrow window the navigation is a strip: the present place is brought into view.
for (const strip of document.querySelectorAll(".sections, .tabs")) {
  const current = strip.querySelector("[aria-current]");
  if (current) strip.scrollLeft = Math.max(0, current.offsetLeft - strip.offsetLeft - 24);
}
// <details class="folds" open>: is shut where it would push the rest out of view.
for (const one of document.querySelectorAll("details.folds")) {
  const narrow = matchMedia("(max-width: 40rem)");
  const fold = () => { one.open = !narrow.matches || one.querySelector("[aria-invalid]") !== null; };
  narrow.addEventListener("change", fold);
  fold();
}
for (const region of document.querySelectorAll("[data-live]")) {
  setInterval(() => renew(region).catch(() => {}), Number(region.dataset.live) * 1000);
}
