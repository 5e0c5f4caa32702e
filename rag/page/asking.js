// Asking: the question sent, its answer drawn as it comes, its sources shown and opened.

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
  if (!box.value) type(question);
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
    if (box.value === question) type("");
    one("#now .exchange")?.scrollIntoView({ block: "start" });
  });
}

// Put words into the box as if they had been typed.
function type(text) {
  const box = one("#box textarea");
  box.value = text;
  box.dispatchEvent(new Event("input", { bubbles: true }));
}

function askAbout() {
  const box = one("#box textarea");
  if (!box.value) type("这一段讲了什么？");
  one("#ask-tab-button")?.click();
  box.focus();
  box.select();
}

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

function openAt(from) {
  window.yanju.opened += 1;
  send("open_at", { document: from.document, start: Number(from.at), end: Number(from.end), opened: window.yanju.opened });
}

// A page that is loaded again, as after the server was started anew, has its conversation still and what was being typed;
// another tab begins with neither.
function comeBack() {
  if (window.yanju.came) return;
  window.yanju.came = true;
  const [open, draft, box] = [sessionStorage.getItem(OPEN), sessionStorage.getItem(DRAFT), one("#box textarea")];
  if (draft && !box.value) type(draft);
  if (open && !one(".exchange")) send("open_conversation", { id: open });
}
