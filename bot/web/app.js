// The page: one person's conversation at a time, kept current by the event stream.

import { createClock } from "./clock.js";
import { createComposer } from "./composer.js";
import { byId, el } from "./dom.js";
import { createLog } from "./log.js";
import { merge } from "./fold.js";
import { deliver, follow, get } from "./net.js";
import { createOutbox } from "./outbox.js";
import { createPeople, subtitle } from "./people.js";

let person = null;
let messages = [];
let since = new Set();
const refused = new Map();
let stop = () => {};

const log = createLog({ press, retry });
const composer = createComposer(say, log.choices);
const clock = createClock(composer.notice);
const outbox = createOutbox(deliver, onOutbox);
const people = createPeople((await get("/api/people")).people);

const chosen = () => people.find(decodeURIComponent(location.hash.slice(1)));

function turnTo(next) {
  stop();
  person = next ?? null;
  messages = [];
  document.body.classList.toggle("at-list", !person);
  document.body.classList.remove("clock-shown");
  byId("clock-open").setAttribute("aria-expanded", "false");
  byId("welcome").hidden = Boolean(person);
  byId("conversation").hidden = !person;
  people.choose(person?.address ?? "");
  if (person) open(person);
}

function open(whose) {
  const isChannel = whose.kind === "channel";
  byId("who").textContent = [whose.name, subtitle(whose)].filter(Boolean).join(" · ");
  composer.turnTo(whose.address, isChannel);
  byId("nothing").hidden = true;
  log.show([], { fresh: true });
  const own = (handler) => (body) => person === whose && handler(body);
  document.body.classList.remove("live");
  stop = follow(whose.address, {
    opened: own(() => { connected(true); read(whose); }),
    lost: own(() => connected(false)),
    message: own(add),
    clock: own(clock.show),
    unread: ({ address }) => people.unread(address),
  });
  if (!isChannel && matchMedia("(hover: hover)").matches) composer.focus();
}

/** Read the history; messages that come in the meantime are kept. */
async function read(whose) {
  since = new Set();
  try {
    const history = (await get(`/api/history?as=${encodeURIComponent(whose.address)}`)).messages;
    if (person !== whose) return;
    const waiting = outbox.waiting().filter((item) => item.as === whose.address).map(asMessage);
    const fresh = messages.length === 0;
    messages = merge(history, [...messages, ...waiting.filter(({ id }) => !known(id))], since);
    show({ fresh });
    outbox.hurry();
  } catch (error) {
    if (person === whose) composer.notice(error.message);
  }
}

const known = (id) => messages.some((message) => message.id === id);

function add(message) {
  since.add(message.id);
  put(message);
}

/** A message that is known already stays where it stands. */
function put(message) {
  messages = known(message.id)
    ? messages.map((old) => (old.id === message.id ? message : old))
    : [...messages, message];
  show();
}

function show(options) {
  log.show(messages, options);
  byId("nothing").hidden = messages.length > 0;
  byId("nothing").replaceChildren(...emptyWords());
}

function emptyWords() {
  if (person.kind === "channel") return [el("p", { textContent: "Chưa có bản tin nào trong kênh này." })];
  const start = el("button", { className: "choice", type: "button", textContent: "Bắt đầu báo cáo" });
  start.onclick = () => say("báo cáo");
  return [el("p", { textContent: "Chưa có tin nhắn. Đồng chí gõ “báo cáo” để bắt đầu, hoặc bấm nút dưới đây." }), start];
}

function say(text, file) {
  send({ text, choice: "", label: text, file });
}

function press(choice, byKeyboard) {
  send({ text: "", choice: choice.value, label: choice.label });
  if (byKeyboard) composer.focus();
}

function send(item) {
  composer.notice("");
  const whole = { ...item, id: crypto.randomUUID(), as: person.address, at: clock.now() };
  put(asMessage(whole));
  outbox.add(whole);
}

const asMessage = ({ id, label, at, file }) => ({
  id, from: "me", text: label, choices: [], at, replaces: "", state: "sending",
  attachments: file
    ? [{ url: URL.createObjectURL(file), name: file.name, media_type: file.type, kind: "file" }]
    : [],
});

function onOutbox(item, { state, message, reason }) {
  if (state === "refused") refused.set(item.id, item);
  if (item.as !== person?.address || (state === "sending" && !known(item.id))) return;
  const here = messages.find(({ id }) => id === item.id) ?? asMessage(item);
  put(state === "sent" ? { ...(message ?? here), state: undefined } : { ...here, state, reason });
}

function retry(id) {
  const item = refused.get(id);
  if (!item) return outbox.hurry();
  refused.delete(id);
  outbox.add(item);
}

function connected(isConnected) {
  byId("connection").hidden = isConnected;
  document.body.classList.toggle("live", isConnected);
}

addEventListener("hashchange", () => turnTo(chosen()));
clock.read().catch(() => connected(false));
turnTo(chosen());
outbox.hurry();
document.body.classList.add("ready");
