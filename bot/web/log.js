// Keeps the log on the screen equal to the messages, touching only what changed: a screen reader reads
// what is added, so what is already there must stay the same node.

import { fillRow, makeRow } from "./bubble.js";
import { byId, el } from "./dom.js";
import { date, day } from "./format.js";
import { fold } from "./fold.js";

const NEAR = 120;

/** Draws messages into the log; `actions` are `press(choice, byKeyboard)` and `retry(id)`. */
export function createLog(actions) {
  const [log, scroll, newer] = [byId("log"), byId("scroll"), byId("newer")];
  let drawn = new Map();
  let pinned = true;

  const toEnd = () => { scroll.scrollTop = scroll.scrollHeight; };
  scroll.addEventListener("scroll", () => {
    pinned = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < NEAR;
    if (pinned) newer.hidden = true;
  });
  log.addEventListener("load", () => pinned && toEnd(), true);
  new ResizeObserver(() => pinned && toEnd()).observe(scroll);
  newer.onclick = () => { toEnd(); byId("text").focus(); };

  function draw(items) {
    const next = new Map();
    for (const item of items) next.set(item.key, rowOf(drawn.get(item.key), item, actions));
    place(log, [...next.values()]);
    const added = [...next.keys()].some((key) => !drawn.has(key));
    drawn = next;
    return added;
  }

  return {
    /** Show the messages; a conversation that is new to the screen is not read aloud from its beginning. */
    show(messages, { fresh = false } = {}) {
      if (fresh) { drawn = new Map(); pinned = true; log.replaceChildren(); }
      log.setAttribute("aria-busy", String(fresh));
      const items = withDays(withState(fold(messages)));
      const added = draw(items);
      if (pinned || messages.at(-1)?.state === "sending") toEnd();
      else if (added) newer.hidden = false;
      requestAnimationFrame(() => log.setAttribute("aria-busy", "false"));
    },
    /** The buttons that can be pressed now. */
    choices: () => [...log.querySelectorAll("button.choice")],
  };
}

/** "đã gửi" stands under the last message of the person only. */
function withState(bubbles) {
  const last = bubbles.findLast(({ message }) => message.from === "me");
  return bubbles.map((bubble) =>
    bubble === last ? { ...bubble, message: { ...bubble.message, shown: "sent" } } : bubble);
}

function withDays(bubbles) {
  let before = "";
  return bubbles.flatMap((bubble) => {
    const today = date(bubble.message.at);
    const items = today === before ? [bubble] : [{ key: `day ${today} ${bubble.key}`, day: bubble.message.at }, bubble];
    before = today;
    return items;
  });
}

function rowOf(old, item, actions) {
  const node = old ?? (item.day ? dayLine(item.day) : makeRow(item));
  if (!item.day) fillRow(node, item, actions);
  return node;
}

const dayLine = (iso) => el("p", { className: "day" }, el("span", { textContent: day(iso) }));

/** Make the children exactly these nodes, moving and removing as little as possible. */
function place(parent, nodes) {
  const wanted = new Set(nodes);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  nodes.forEach((node, index) => {
    if (parent.children[index] !== node) parent.insertBefore(node, parent.children[index] ?? null);
  });
}
