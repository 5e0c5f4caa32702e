// Runs once, in the part of the page called "wire"; the other parts announce themselves by part.js. Gradio gives each:
// element (the part), trigger (send an event to Python), props (the part's value), watch (call back after the part was
// drawn anew by an event), server (functions of Python's), upload (a file to the server).
// (Gradio takes whatever has a "path" for a file of its own, hence "file" and "upload".)
// Nothing here makes HTML; clicks are told apart by data- attributes, events go through the one part called "wire".
// First of the script's files, which are put one after the other: script, asking, taking, reader, events.

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const PHONE = 820; // as in the style
const TYPING = 250; // milliseconds after a keystroke before a list is searched
const STRANGER = 204; // as in ui.py
const MOST_BYTES = 5000000; // of a saved answer, as in saved.py
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const one = (selector, inside = document) => inside.querySelector(selector);
const same = (name, from) => one(`.${name}[data-exchange="${from.exchange}"][data-cite="${from.cite}"]`);
const OPEN = "yanju-open", DRAFT = "yanju-draft"; // where a tab keeps which conversation it holds, and what stands in the box
const LEAVING = ["stop", "begin_anew", "open_conversation", "forget"]; // what the page is sent away from a question by
const FETCHING = ["open_source", "open_at", "open_speech", "find_alike", "show_sources", "preview_file", "open_conversation", "take", "check_saved"];
const FETCHED = 5000; // milliseconds after which what was fetched is no longer waited for
const send = (name, data = {}) => {
  if (LEAVING.includes(name)) window.yanju.turn += 1;
  if (FETCHING.includes(name)) busy(true);
  return window.yanju.send?.(name, data);
};
const english = () => document.cookie.includes("yanju-language=en");
const words = (chinese, other) => (english() ? other : chinese);

// While something is fetched the page says so, if it takes long enough to be wondered at.
function busy(now) {
  one("#page").classList.toggle("busy", now);
  clearTimeout(window.yanju.waiting);
  if (now) window.yanju.waiting = setTimeout(busy, FETCHED, false);
}

// A word on what has just happened, for eyes and for screen readers.
function tell(text) {
  const note = one("#told .told");
  if (!note) return;
  note.textContent = text;
  note.classList.add("shown");
  clearTimeout(window.yanju.telling);
  window.yanju.telling = setTimeout(() => { note.classList.remove("shown"); note.textContent = ""; }, 2500);
}

function theme() {
  const dark = document.body.classList.toggle("dark");
  localStorage.setItem("yanju-theme", dark ? "dark" : "light");
}

function language() {
  document.cookie = `yanju-language=${english() ? "zh" : "en"}; path=/; max-age=31536000; samesite=strict`;
  location.reload();
}

function rail() {
  const open = one("#page").classList.toggle("with-rail");
  localStorage.setItem("yanju-rail", open ? "open" : "shut");
  for (const button of all("[data-rail]")) button.setAttribute("aria-expanded", String(open));
  if (open) one(".rail [data-history]")?.focus();
}

// The reader is a place of its own for the browser's "back": on a phone it covers everything else.
function close() {
  if (history.state?.reader) history.back();
  else shut();
}

function shut() {
  const open = one(".reader");
  const part = open && window.yanju.parts[open.closest("#reader, #preview")?.id];
  if (part) part.value = "";
  requestAnimationFrame(() => (window.yanju.back?.isConnected ? window.yanju.back : one(".card.active"))?.focus());
}

function unfold(button) {
  const folded = one(".card-text", button.closest(".card")).classList.toggle("folded");
  button.textContent = folded ? words("展开全段", "Whole paragraph") : words("收起", "Less");
  button.setAttribute("aria-expanded", String(!folded));
}
