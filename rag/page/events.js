// What is pressed, typed, dropped and drawn, and what becomes of it. Last of the script's files.

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
  ["data-rebuild", () => { send("rebuild"); one("#index-tab-button")?.click(); }], // there it is told how far it is
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
  if (field.matches("#box textarea")) return sessionStorage.setItem(DRAFT, field.value);
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

// Whether the list of conversations was drawn as of an earlier moment than it was before: what came late then gives way again.
function late(list, part) {
  const { latest } = window.yanju, asof = Number(list.dataset.asof);
  const outdated = asof < latest?.asof;
  if (outdated) part.value = latest.value;
  else window.yanju.latest = { asof, value: part.value };
  return outdated;
}

function drawn(element) {
  busy(false);
  const made = one("[data-file]", element);
  if (made) save(made);
  for (const button of all("[data-rail]", element)) button.setAttribute("aria-expanded", String(one("#page").classList.contains("with-rail")));
  if (one("[data-ask-about]", element)) askAbout();
  if (one(".rail", element)) {
    if (late(one(".rail", element), window.yanju.parts.rail)) return queueMicrotask(() => drawn(element));
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
