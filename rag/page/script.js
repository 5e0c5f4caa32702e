// Runs once, in the part of the page called "wire"; the other parts announce themselves by part.js. Gradio gives each:
// element (the part), trigger (send an event to Python), props (the part's value), watch (call back after the part was
// drawn anew by an event), server (functions of Python's), upload (a file to the server).
// (Gradio takes whatever has a "path" for a file of its own, hence "file" and "upload".)
// Nothing here makes HTML; clicks are told apart by data- attributes, events go through the one part called "wire".
// The reader's own doings are in reader.js, which follows this file.

const calm = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
const PHONE = 820; // as in the style
const TYPING = 250; // milliseconds after a keystroke before a list is searched
const STRANGER = 204; // as in ui.py
const MOST_BYTES = 5000000; // of a saved answer, as in saved.py
const all = (selector, inside = document) => [...inside.querySelectorAll(selector)];
const one = (selector, inside = document) => inside.querySelector(selector);
const same = (name, from) => one(`.${name}[data-exchange="${from.exchange}"][data-cite="${from.cite}"]`);
const OPEN = "yanju-open"; // where a tab keeps which conversation it holds
const LEAVING = ["stop", "begin_anew", "open_conversation", "forget"]; // what the page is sent away from a question by
const send = (name, data = {}) => { if (LEAVING.includes(name)) window.yanju.turn += 1; return window.yanju.send?.(name, data); };
const english = () => document.cookie.includes("yanju-language=en");
const words = (chinese, other) => (english() ? other : chinese);

// Show the cards of one answer; of an earlier one they are fetched.
function show(exchange) {
  if (one(".reader")) close();
  const there = one(`.group[data-exchange="${exchange}"]`);
  if (there) return there.scrollIntoView({ behavior: calm, block: "start" });
  window.yanju.showing = exchange;
  return send("show_sources", { exchange: Number(exchange) });
}

// What is open is marked where it is cited and on its card.
function activate() {
  for (const old of all(".mark.active, .card.active")) old.classList.remove("active");
  if (window.yanju.active) for (const name of ["mark", "card"]) same(name, window.yanju.active)?.classList.add("active");
}

function openSource(exchange, cite) {
  window.yanju.active = { exchange, cite };
  activate();
  window.yanju.back = same("mark", { exchange, cite });
  window.yanju.opened += 1;
  send("open_source", { exchange: Number(exchange), cite: Number(cite), opened: window.yanju.opened });
}

// Ask; the answer is drawn as it comes, unless the page has gone on to something else. While one is under way the next
// question waits in the box.
async function ask(question, alone = false) {
  const { past, now } = window.yanju.parts;
  if (!question?.trim() || !past || !now || one("#now .exchange.waiting, #now .exchange.speaking")) return;
  asking(question, past, now);
  const turn = window.yanju.turn += 1;
  let heard = false;
  try {
    for await (const parts of answered(question, alone)) {
      if (turn !== window.yanju.turn) return;
      draw(parts);
      heard = true;
    }
  } catch {
    if (turn === window.yanju.turn) heard ? send("stop") : unasked(question);
  }
}

// What the server draws anew, step by step. A page that it does not know yet is made known by an event, and asks again.
async function* answered(question, alone) {
  const wire = window.gradio_config.components.find((part) => part.props.elem_id === "wire").id;
  const body = JSON.stringify({ data: { question, alone }, component_id: wire, fn_name: "ask", session_hash: window.__gradio_session_hash__ });
  const asked = () => fetch("gradio_api/component_server/", { method: "POST", headers: { "Content-Type": "application/json" }, body });
  let reply = await asked();
  while (reply.status === STRANGER) {
    send("introduce");
    await new Promise((resolve) => setTimeout(resolve, TYPING));
    reply = await asked();
  }
  if (!reply.ok) throw new Error(reply.statusText);
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = "", { done, value } = await reader.read(); !done; { done, value } = await reader.read()) {
    const lines = (rest + value).split("\n");
    rest = lines.pop();
    for (const line of lines) yield JSON.parse(line);
  }
}

// Parts drawn anew by the script; they are looked at as those are that an event draws.
function draw(parts) {
  for (const [name, value] of Object.entries(parts)) window.yanju.parts[name].value = value;
  queueMicrotask(() => { for (const name of Object.keys(parts)) drawn(window.yanju.elements[name]); });
}

// The question did not reach the server: it is back in the box.
function unasked(question) {
  const box = one("#box textarea");
  window.yanju.parts.now.value = "";
  if (!box.value) { box.value = question; box.dispatchEvent(new Event("input", { bubbles: true })); }
  tell(words("没有连上服务器：问题还在框里，请稍后再问。", "The server was not reached: the question is back in the box; ask again in a moment."));
}

// A question is about to be sent: it stands on the page at once, and what was last joins the earlier (as drawn by Python).
function asking(question, past, now) {
  if (one("#now .exchange:not(.waiting)")) past.value = (past.value ?? "") + now.value;
  if (one("#reader .reader")) window.yanju.parts.reader.value = "";
  const make = (tag, name, text, inside = []) => {
    const made = document.createElement(tag);
    made.className = name;
    made.append(...(text === undefined ? inside : [text]));
    return made;
  };
  const waiting = [make("h2", "question", undefined, [make("span", "words", question.trim())]),
    make("div", "answer", undefined, [make("p", "waiting-words", words("正在查找…", "Looking…"))])];
  now.value = make("div", "talk", undefined, [make("section", "exchange waiting", undefined, waiting)]).outerHTML;
  window.yanju.active = undefined;
  const box = one("#box textarea");
  setTimeout(() => {
    if (box.value === question) { box.value = ""; box.dispatchEvent(new Event("input", { bubbles: true })); }
    one("#now .exchange")?.scrollIntoView({ block: "start" });
  });
}

function openAt(from) {
  window.yanju.opened += 1;
  send("open_at", { document: from.document, start: Number(from.at), end: Number(from.end), opened: window.yanju.opened });
}

function unfold(button) {
  const folded = one(".card-text", button.closest(".card")).classList.toggle("folded");
  button.textContent = folded ? words("展开全段", "Whole paragraph") : words("收起", "Less");
  button.setAttribute("aria-expanded", String(!folded));
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

// Without https the clipboard is closed to pages that are not on this machine; a selected text area still works.
async function copy(text, button) {
  if (navigator.clipboard) await navigator.clipboard.writeText(text);
  else {
    const area = document.body.appendChild(document.createElement("textarea"));
    area.value = text;
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  tell(words("已复制", "Copied"));
  button?.closest("details")?.removeAttribute("open");
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

// What Python had made for the user to keep: put into the browser's downloads.
function save(made) {
  const bytes = Uint8Array.from(atob(made.dataset.file), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type: made.dataset.type }));
  link.download = made.dataset.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  tell(words("已下载", "Downloaded"));
}

async function checkSaved(files) {
  const file = files[0];
  if (!file) return;
  if (file.size > MOST_BYTES) return tell(words("文件太大，不是保存的回答", "Too large for a saved answer"));
  const reader = new FileReader();
  reader.onload = () => send("check_saved", { name: file.name, data: String(reader.result).split(",").pop() });
  reader.readAsDataURL(file);
}

async function put(files) {
  const state = one(".put-state");
  const into = one("[data-into]")?.value ?? "";
  const sent = [];
  for (const [n, file] of [...files].entries()) {
    if (state) state.textContent = words(`正在上传 ${n + 1}/${files.length}：${file.name}`, `Uploading ${n + 1}/${files.length}: ${file.name}`);
    try {
      sent.push({ upload: (await window.yanju.upload(file)).path, name: file.name });
    } catch {
      sent.push({ upload: "", name: file.name });
    }
  }
  if (state) state.textContent = "";
  if (sent.length) send("put_files", { files: sent, into });
}

// A button that cannot be undone asks once more.
function sure(button, action) {
  if (button.dataset.sure) return action();
  button.dataset.sure = button.textContent;
  button.textContent = words("确定删除？", "Delete for good?");
  return undefined;
}

function choice(form) {
  const chosen = (kind) => all(`input[name="${kind}"]:checked`, form).map((box) => box.value);
  return { folders: chosen("folders"), documents: chosen("documents"), years: chosen("years") };
}

function askAbout() {
  const box = one("#box textarea");
  if (!box.value) {
    box.value = words("这一段讲了什么？", "这一段讲了什么？");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  }
  one("#ask-tab-button")?.click();
  box.focus();
  box.select();
}

const clicks = [
  ["mark", (from) => openSource(from.exchange, from.cite)],
  ["chart-bar", (from) => openSource(from.exchange, from.cite)],
  ["data-show", (from) => show(from.show)],
  ["data-open", (from) => openSource(from.open, from.cite)],
  ["data-at", openAt],
  ["data-speech", (from, button) => { window.yanju.back = button; send("open_speech", { document: from.document, speech: Number(from.speech) }); }],
  ["data-ask", (from) => { all("#tabs [role=tab]")[0]?.click(); ask(from.ask); }],
  ["data-alone", (from) => ask(from.alone, true)],
  ["submit-button", () => ask(one("#box textarea").value)],
  ["data-stop", () => { send("stop"); one("#box textarea").focus(); }],
  ["data-retry", () => send("start_again")],
  ["data-rollback", (from) => send("go_back", { build: from.rollback })],
  ["data-unfold", (_, button) => unfold(button)],
  ["data-copy", (from, button) => copy(from.copy, button)],
  ["data-take", (from, button) => { send("take", { exchange: Number(from.exchange), form: from.take }); button.closest("details").open = false; }],
  ["data-take-all", (from, button) => { send("take", { conversation: from.of, form: from.takeAll }); button.closest("details").open = false; }],
  ["data-judge", (from) => { send("judge", { exchange: Number(from.exchange), good: true }); tell(words("已记下，谢谢", "Noted, thank you")); }],
  ["data-new", () => { sessionStorage.removeItem(OPEN); send("begin_anew"); one("#box textarea").focus(); }],
  ["data-conversation", (from) => { send("open_conversation", { id: from.conversation }); if (innerWidth <= PHONE) rail(); }],
  ["data-forget", (from, button) => sure(button, () => send("forget", { id: from.forget }))],
  ["data-remove", (from, button) => sure(button, () => send("remove_file", { file: from.remove }))],
  ["data-preview", (from) => send("preview_file", { file: from.preview })],
  ["data-settle", (from) => send("settle", { how: from.settle, upload: from.path ?? "", name: from.name ?? "" })],
  ["data-drop", (from) => send("unchoose", { kind: from.drop, value: from.value })],
  ["data-unchoose", () => send("choose", { folders: [], documents: [], years: [] })],
  ["data-about-off", () => send("about", {})],
  ["data-rebuild", () => send("rebuild")],
  ["data-watch", (from) => send("watch", { on: from.watch === "on" })],
  ["data-golden", () => send("export_golden")],
  ["data-rail", rail],
  ["data-theme", theme],
  ["data-language", language],
  ["data-close", close],
];

// What the second click of a double click would only undo, or do for good.
const ONCE = "summary, [data-rail], [data-theme], [data-unfold], [data-outline], [data-watch], [data-sure]";

function clicked(event) {
  if (event.detail > 1 && event.target.closest(ONCE)) return event.preventDefault();
  for (const menu of all("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  const button = event.target.closest("button");
  if (!button || !button.closest("#page")) return;
  if (readerClicked(button)) return;
  for (const [name, action] of clicks) {
    if (button.hasAttribute(name) || button.classList.contains(name)) return action(button.dataset, button);
  }
}

function submitted(event) {
  const form = event.target;
  const from = form.dataset;
  if (!form.closest("#page")) return;
  event.preventDefault();
  if ("reason" in from) {
    send("judge", { exchange: Number(from.reason), good: false, reason: form.elements.reason.value });
    tell(words("已记下，谢谢", "Noted, thank you"));
  } else if ("rename" in from) send("rename", { id: from.rename, title: form.elements.title.value });
  else if ("move" in from) send("move_file", { file: from.move, to: form.elements.path.value });
  else if ("choose" in from) send("choose", choice(form));
  const menu = form.closest("details");
  if (menu) menu.open = false;
}

function typed(event) {
  const field = event.target;
  if (field.matches("[data-find]")) return find(field.value, 0);
  if (field.matches("[data-scope-find]")) {
    for (const box of all(".box", field.form)) box.hidden = !box.textContent.includes(field.value.trim());
    return;
  }
  const name = field.matches("[data-history]") ? "search_history" : field.matches("[data-files]") ? "search_files" : "";
  if (!name || event.isComposing) return;
  clearTimeout(window.yanju.typing);
  window.yanju.typing = setTimeout(() => send(name, { words: field.value }), TYPING);
}

function changed(event) {
  const field = event.target;
  if (field.matches("[data-saved]")) checkSaved(field.files);
  else if (field.matches("[data-put]")) put(field.files);
  else return;
  field.value = "";
}

function keyed(event) {
  if (event.isComposing) return;
  if (event.key === "Enter" && !event.shiftKey && event.target.matches("#box textarea")) {
    event.preventDefault(); // before Gradio, whose events would carry the key ten milliseconds later
    ask(event.target.value);
  } else if (event.key === "Escape") {
    const menu = one("details.menu[open]");
    if (menu) { menu.open = false; one("summary", menu).focus(); } else if (!closeMenu()) one("[data-close]")?.click();
  } else readerKeyed(event);
}

// What unfolds comes into view; a menu that was closed asks again before it deletes.
function toggled(event) {
  const details = event.target;
  if (!details.matches("#page details")) return;
  if (details.open) return (one(".menu-list", details) ?? details).scrollIntoView({ behavior: calm, block: "nearest" });
  for (const button of all("[data-sure]", details)) { button.textContent = button.dataset.sure; delete button.dataset.sure; }
}

// A page that is loaded again has its conversation still; another tab begins with none.
function comeBack() {
  const open = sessionStorage.getItem(OPEN);
  if (open && !window.yanju.came && !one(".exchange")) send("open_conversation", { id: open });
  window.yanju.came = true;
}

// Files may be dropped anywhere on the chat (a saved answer) or on the library (a new document).
function dropped(event) {
  if (!event.dataTransfer?.types.includes("Files")) return;
  event.preventDefault();
  if (event.type !== "drop") return;
  if (event.target.closest("#library-tab")) { if (one("[data-put]")) put(event.dataTransfer.files); }
  else if (event.target.closest("#ask-tab")) checkSaved(event.dataTransfer.files);
}

function once() {
  if (window.yanju) return;
  window.yanju = { opened: 0, turn: 0, parts: {}, elements: {} };
  document.documentElement.lang = english() ? "en" : "zh-CN";
  const kept = localStorage.getItem("yanju-theme");
  if (kept) document.body.classList.toggle("dark", kept === "dark");
  const open = localStorage.getItem("yanju-rail") ?? (innerWidth >= 1500 ? "open" : "shut");
  one("#page").classList.toggle("with-rail", open === "open" && innerWidth > PHONE); // Gradio's styles reach no further up
  const listening = { click: clicked, submit: submitted, input: typed, compositionend: typed, change: changed, keydown: keyed, dragover: dropped, drop: dropped };
  for (const [name, action] of Object.entries(listening)) document.addEventListener(name, action);
  document.addEventListener("toggle", toggled, true); // does not bubble
  if (history.state?.reader) history.replaceState({ ...history.state, reader: false }, "");
  addEventListener("popstate", () => { if (one(".reader")) shut(); });
}

function drawn(element) {
  const made = one("[data-file]", element);
  if (made) save(made);
  for (const button of all("[data-rail]", element)) button.setAttribute("aria-expanded", String(one("#page").classList.contains("with-rail")));
  if (one("[data-ask-about]", element)) askAbout();
  if (one(".rail", element)) {
    const open = one(".kept[aria-current] [data-conversation]", element)?.dataset.conversation;
    if (open) sessionStorage.setItem(OPEN, open);
    comeBack();
  }
  if (one(".reader", element)) readerDrawn(one(".reader", element));
  const search = window.yanju.searching;
  if (search && one(search, element)) { const field = one(search, element); field.focus(); field.setSelectionRange(field.value.length, field.value.length); }
  const group = one(".group", element);
  if (group) {
    activate();
    if (window.yanju.showing === group.dataset.exchange) group.scrollIntoView({ behavior: calm, block: "start" });
    window.yanju.showing = undefined;
  }
  const latest = element.closest("#now") && one(".exchange", element);
  if (!latest) return;
  const phase = `${latest.dataset.exchange} ${latest.className}`;
  if (phase !== window.yanju.phase && !latest.classList.contains("speaking")) latest.scrollIntoView({ block: "start" });
  window.yanju.phase = phase;
}

// A part of the page, told of by its own script: remembered by its name, looked at whenever it was drawn anew.
function adopt(part) {
  const name = part.element.parentElement.closest("[id]")?.id; // that of the element is Gradio's own
  window.yanju.parts[name] = part.props;
  window.yanju.elements[name] = part.element;
  part.watch("value", () => drawn(part.element));
  if (part.props.value) drawn(part.element);
  if (name === "now") for (const [key, value] of Object.entries({ role: "log", "aria-live": "polite", "aria-label": words("回答", "Answer") })) part.element.setAttribute(key, value);
}

once();
window.yanju.send = (name, data) => trigger(name, data);
window.yanju.upload = upload;
window.yanju.adopt = adopt;
for (const part of [{ element, props, watch }, ...(window.yanjuParts ?? [])]) adopt(part);
