// Runs once in each HTML part of the page. Gradio gives: element (the part), trigger (send an event to Python),
// props (the part's value), watch (call back after the part was drawn anew).
// Nothing here makes HTML; clicks are told apart by data- attributes.

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const PHONE = 820; // as in the style
const same = (name, from) =>
  document.querySelector(`.${name}[data-exchange="${from.exchange}"][data-cite="${from.cite}"]`);

function once() {
  if (window.yanju) return;
  window.yanju = { opened: 0 };
  document.documentElement.lang = "zh-CN";
  const theme = localStorage.getItem("yanju-theme");
  if (theme) document.body.classList.toggle("dark", theme === "dark");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) document.querySelector("[data-close]")?.click();
  });
}

// Show the cards of one answer, and of those the one that was asked for.
function show(exchange, cite) {
  for (const group of document.querySelectorAll(".group")) group.hidden = group.dataset.exchange !== exchange;
  for (const one of document.querySelectorAll(".card.active, .mark.active")) one.classList.remove("active");
  if (!cite) {
    document.querySelector(`.group[data-exchange="${exchange}"]`)?.scrollIntoView({ behavior: calm, block: "start" });
    return;
  }
  const card = same("card", { exchange, cite });
  same("mark", { exchange, cite })?.classList.add("active");
  card?.classList.add("active");
  card?.scrollIntoView({ behavior: calm, block: "center" });
  card?.focus({ preventScroll: true });
}

function open_source(exchange, cite) {
  window.yanju.opened += 1;
  trigger("open_source", { exchange: Number(exchange), cite: Number(cite), opened: window.yanju.opened });
}

function back(exchange, cite) {
  const mark = same("mark", { exchange, cite }) ?? document.querySelector(`.exchange[data-exchange="${exchange}"]`);
  mark?.scrollIntoView({ behavior: calm, block: "center" });
  mark?.focus({ preventScroll: true });
}

function unfold(button) {
  const folded = button.closest(".card").querySelector(".card-text").classList.toggle("folded");
  button.textContent = folded ? "展开全段" : "收起";
  button.setAttribute("aria-expanded", String(!folded));
}

function outline(button) {
  if (!button) return;
  const hidden = button.closest(".reader").classList.toggle("plain");
  button.setAttribute("aria-expanded", String(!hidden));
}

function close() {
  props.value = "";
  requestAnimationFrame(() => document.querySelector(".card.active")?.focus());
}

// Without https the clipboard is closed to pages that are not on this machine; a selected text area still works.
async function copy(button) {
  const text = button.dataset.copy;
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else {
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  const words = button.textContent;
  button.textContent = "已复制";
  setTimeout(() => { button.textContent = words; }, 1500);
}

function theme() {
  const dark = document.body.classList.toggle("dark");
  localStorage.setItem("yanju-theme", dark ? "dark" : "light");
}

const clicks = [
  ["mark", (from) => (document.querySelector(".reader") ? open_source(from.exchange, from.cite) : show(from.exchange, from.cite))],
  ["data-show", (from) => show(from.show)],
  ["data-open", (from) => { show(from.open, from.cite); open_source(from.open, from.cite); }],
  ["data-speech", (from) => trigger("open_speech", { document: from.document, speech: Number(from.speech) })],
  ["data-back", (from) => back(from.back, from.cite)],
  ["data-ask", (from) => trigger("ask_example", { question: from.ask })],
  ["data-goto", (from) => element.querySelector(`[data-at="${from.goto}"]`)?.scrollIntoView({ behavior: calm, block: "start" })],
  ["data-retry", () => trigger("start_again")],
  ["data-rollback", (from) => trigger("go_back", { build: from.rollback })],
  ["data-unfold", (_, button) => unfold(button)],
  ["data-outline", (_, button) => outline(button)],
  ["data-copy", (_, button) => copy(button)],
  ["data-theme", theme],
  ["data-close", close],
];

function clicked(event) {
  const button = event.target.closest("button");
  if (!button) return;
  for (const [name, action] of clicks) {
    if (button.hasAttribute(name) || button.classList.contains(name)) return action(button.dataset, button);
  }
}

function drawn() {
  const reader = element.querySelector(".reader");
  if (reader) {
    if (innerWidth <= PHONE) outline(reader.querySelector("[data-outline]"));
    reader.querySelector("[aria-current]")?.scrollIntoView({ block: "center" });
    reader.querySelector("mark.quote")?.scrollIntoView({ block: "center" });
    reader.focus({ preventScroll: true });
  }
  const latest = element.querySelector(".exchange:last-child");
  if (latest && latest.className !== window.yanju.phase) latest.scrollIntoView({ block: "start" });
  window.yanju.phase = latest?.className;
}

once();
element.addEventListener("click", clicked);
watch("value", drawn);
