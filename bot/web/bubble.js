// Draws one message: what it says, when and whether it was sent, its buttons.  Each part is filled anew only
// when it changed, because a screen reader reads aloud whatever is put into the log.

import { el, unseen } from "./dom.js";
import { time } from "./format.js";

const STATES = { sending: "đang gửi…", sent: "đã gửi", failed: "chưa gửi được –", refused: "chưa gửi được –" };

const drawn = new WeakMap();

/** An empty row of the log for a message. */
export function makeRow({ message }) {
  const row = el("div", { className: message.from === "me" ? "row mine" : "row" });
  const foot = el("div", { className: "foot", "aria-live": "off" });
  const choices = el("div", { className: "choices", role: "group", "aria-label": "Các lựa chọn" });
  row.append(el("div", { className: "bubble" }, el("div", { className: "body" }), foot), choices);
  return row;
}

/** Make the row say what the message says now. */
export function fillRow(row, { message, live }, actions) {
  const [body, foot, choices] = [".body", ".foot", ".choices"].map((name) => row.querySelector(name));
  const { from, text, attachments, at, state, shown, reason } = message;
  fill(body, [text, attachments], () => contents(message));
  fill(foot, [from, at, state, shown, reason], () => footing(message, actions.retry));
  fill(choices, live ? message.choices : [], () => (live ? buttons(message, actions.press) : []));
  choices.hidden = !live;
}

function fill(slot, signature, make) {
  const text = JSON.stringify(signature);
  if (drawn.get(slot) === text) return;
  drawn.set(slot, text);
  slot.replaceChildren(...make());
}

function contents(message) {
  const text = message.text ? [el("p", { className: "text", textContent: message.text })] : [];
  const says = unseen(message.from === "me" ? "Tôi: " : "Trợ lý: ");
  const [pictures, papers] = [message.attachments.filter(isPicture), message.attachments.filter((f) => !isPicture(f))];
  return [says, ...pictures.map(picture), ...text, ...papers.map(paper)];
}

const isPicture = ({ url, media_type: type }) => url && type.startsWith("image/") && type !== "image/svg+xml";

function picture({ url, name }) {
  const image = el("img", { src: url, alt: name ? `Ảnh: ${name}` : "Ảnh", decoding: "async" });
  return el("a", { className: "picture", href: url, target: "_blank", rel: "noopener" }, image);
}

function paper({ url, name }) {
  if (!url) return el("p", { className: "text", textContent: name });
  const kind = el("span", { className: "paper-kind", "aria-hidden": "true", textContent: ending(name) });
  return el("a", { className: "paper", href: url, download: name }, kind, el("span", { textContent: name }));
}

const ending = (name) => (name.includes(".") ? name.split(".").pop() : "tệp").slice(0, 4).toUpperCase();

function footing(message, retry) {
  const when = el("time", { dateTime: message.at, textContent: time(message.at) });
  const words = message.from === "me" ? STATES[message.state ?? message.shown] : "";
  const state = words ? el("span", { className: `state ${message.state ?? ""}`, textContent: words }) : null;
  const reason = message.reason ? el("span", { className: "reason", textContent: message.reason }) : null;
  const isStuck = message.state === "failed" || message.state === "refused";
  return [when, state, isStuck ? again(message.id, retry) : null, reason].filter(Boolean);
}

const again = (id, retry) =>
  el("button", { className: "again", type: "button", textContent: "thử lại", onclick: () => retry(id) });

function buttons({ choices }, press) {
  const several = choices.some((choice) => choice.marked);
  return choices.map((choice) => {
    const node = el("button", { className: "choice", type: "button", textContent: choice.label });
    node.dataset.value = choice.value;
    node.onclick = (event) => press(choice, event.detail === 0);
    if (several) node.setAttribute("aria-pressed", String(choice.marked));
    return node;
  });
}
