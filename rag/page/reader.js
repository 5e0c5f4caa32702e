// The reader's own doings: find in the speech, the outline that follows, the menu of a paragraph.

const SETTLING = 400; // milliseconds after the reader was opened
const FOLLOWING = 80; // pixels below the top within which a heading counts as reached

function readerDrawn(reader) {
  if (innerWidth <= PHONE) outline(one("[data-outline]", reader));
  one("[aria-current]", reader)?.scrollIntoView({ block: "center" });
  one("mark.quote", reader)?.scrollIntoView({ block: "center" });
  const text = one(".reader-text", reader);
  text?.addEventListener("scroll", () => requestAnimationFrame(() => { moveMenu(reader, text); follow(reader, text); }), { passive: true });
  window.yanju.placed = performance.now() + SETTLING;
  if (!history.state?.reader) history.pushState({ ...history.state, reader: true }, "");
  reader.focus({ preventScroll: true });
}

function outline(button) {
  if (!button) return;
  const hidden = button.closest(".reader").classList.toggle("plain");
  button.setAttribute("aria-expanded", String(!hidden));
}

// The outline marks the heading that one has read past last.
function follow(reader, text) {
  if (performance.now() < window.yanju.placed) return; // the jump to the quote is no reading
  const top = text.getBoundingClientRect().top + FOLLOWING;
  const passed = all(".lead", text).filter((lead) => lead.getBoundingClientRect().top <= top).pop();
  const now = passed && one(`.goto[data-goto="${passed.dataset.lead}"]`, reader);
  const before = one(".goto[aria-current]", reader);
  if (!now || now === before) return;
  before?.removeAttribute("aria-current");
  now.setAttribute("aria-current", "location");
  const side = one(".reader-outline", reader);
  const [box, frame] = [now.getBoundingClientRect(), side.getBoundingClientRect()];
  if (box.top < frame.top || box.bottom > frame.bottom) side.scrollTop += box.top - frame.top - frame.height / 2;
}

// Every occurrence of the words, drawn as a highlight so that the text itself is never touched.
function find(wanted, step) {
  const reader = one(".reader-text")?.closest(".reader");
  if (!reader || !CSS.highlights) return;
  const query = wanted.trim().toLowerCase();
  const ranges = query ? all(".words", one(".reader-text", reader)).flatMap((line) => occurrences(line, query)) : [];
  const state = window.yanju.found ?? { query: "", at: -1 };
  const at = ranges.length ? (query === state.query && step ? (state.at + step + ranges.length) % ranges.length : 0) : -1;
  window.yanju.found = { query, at };
  CSS.highlights.set("found", new Highlight(...ranges));
  CSS.highlights.set("found-here", at < 0 ? new Highlight() : new Highlight(ranges[at]));
  one(".find-count", reader).textContent = query ? (ranges.length ? `${at + 1}/${ranges.length}` : words("没有找到", "Not found")) : "";
  if (at >= 0) ranges[at].startContainer.parentElement.scrollIntoView({ block: "center" });
}

function occurrences(line, query) {
  const nodes = [];
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  let length = 0;
  while (walker.nextNode()) { nodes.push([length, walker.currentNode]); length += walker.currentNode.length; }
  const place = (position, end) => nodes.findLast(([start, node]) => start <= position && (end ? position <= start + node.length : position < start + node.length));
  const text = line.textContent.toLowerCase();
  const ranges = [];
  for (let at = text.indexOf(query); at >= 0; at = text.indexOf(query, at + query.length)) {
    const [first, last] = [place(at), place(at + query.length - 1)];
    if (!first || !last) break;
    const range = new Range();
    range.setStart(first[1], at - first[0]);
    range.setEnd(last[1], at + query.length - last[0]);
    ranges.push(range);
  }
  return ranges;
}

function closeMenu() {
  const menu = one(".paragraph-menu:not([hidden])");
  if (!menu) return false;
  menu.hidden = true;
  const button = one('[data-menu][aria-expanded="true"]');
  button?.setAttribute("aria-expanded", "false");
  if (menu.contains(document.activeElement)) button?.focus();
  return true;
}

function openMenu(button) {
  const open = button.getAttribute("aria-expanded") === "true";
  closeMenu();
  if (open) return;
  const reader = button.closest(".reader");
  const menu = one(".paragraph-menu", reader);
  button.setAttribute("aria-expanded", "true");
  menu.hidden = false;
  place(menu, button, reader);
  one("button", menu).focus();
}

function place(menu, button, reader) {
  const [at, frame] = [button.getBoundingClientRect(), reader.getBoundingClientRect()];
  menu.style.left = `${Math.max(4, Math.min(at.left - frame.left, frame.width - menu.offsetWidth - 8))}px`;
  menu.style.top = `${Math.min(at.bottom - frame.top + 4, frame.height - menu.offsetHeight - 8)}px`;
}

// While one scrolls the menu stays at its paragraph, and closes when that is out of sight.
function moveMenu(reader, text) {
  const button = one('[data-menu][aria-expanded="true"]', text);
  if (!button) return;
  const [at, frame] = [button.getBoundingClientRect(), text.getBoundingClientRect()];
  if (at.bottom < frame.top || at.top > frame.bottom) closeMenu();
  else place(one(".paragraph-menu", reader), button, reader);
}

// The paragraph whose menu is open, and of its words those that are selected, else all.
function chosen() {
  const paragraph = one('[data-menu][aria-expanded="true"]')?.closest(".paragraph");
  const body = paragraph && one(".words", paragraph);
  const selection = getSelection();
  const inside = body && selection.rangeCount && body.contains(selection.anchorNode) && body.contains(selection.focusNode);
  return { paragraph, text: (inside && selection.toString().trim()) || body?.textContent };
}

function readerClicked(button) {
  if (button.hasAttribute("data-menu")) openMenu(button);
  else if (button.hasAttribute("data-paragraph-copy")) {
    const { paragraph, text } = chosen();
    copy(`“${text.replaceAll("“", "‘").replaceAll("”", "’")}”（${paragraph.dataset.label}）`);
    closeMenu();
  } else if (button.hasAttribute("data-paragraph-ask") || button.hasAttribute("data-paragraph-alike")) {
    const { paragraph } = chosen();
    const from = { document: button.closest(".reader").dataset.document, start: Number(paragraph.dataset.start) };
    closeMenu();
    send(...(button.hasAttribute("data-paragraph-ask") ? ["about", from] : ["find_alike", from]));
  } else if (button.hasAttribute("data-goto")) {
    one(`[data-lead="${button.dataset.goto}"]`, button.closest(".reader"))?.scrollIntoView({ behavior: calm, block: "start" });
  } else if (button.hasAttribute("data-outline")) outline(button);
  else if (button.hasAttribute("data-find-step")) find(one("[data-find]", button.closest(".reader")).value, Number(button.dataset.findStep));
  else {
    closeMenu();
    return false;
  }
  return true;
}

function readerKeyed(event) {
  if (event.key === "Enter" && event.target.matches("[data-find]")) {
    event.preventDefault();
    find(event.target.value, event.shiftKey ? -1 : 1);
  }
  const menu = event.target.closest(".paragraph-menu");
  if (menu && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    const buttons = all("button", menu);
    const next = buttons.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    buttons[(next + buttons.length) % buttons.length].focus();
  }
}
