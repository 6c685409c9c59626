// Where the person writes: a line that grows, files to go with it.

import { byId, el } from "./dom.js";

const MAX_FILE = 10 * 1024 * 1024;
const TOO_LARGE = "Tệp lớn quá 10 MB. Đồng chí vui lòng gửi tệp nhỏ hơn.";

/** `say(text, file)` sends one message; `choices()` are the buttons above. */
export function createComposer(say, choices) {
  const [form, text, file] = [byId("composer"), byId("text"), byId("file")];
  const drafts = new Map();
  let address = "";
  let files = [];

  function grow() {
    text.style.height = "auto";
    text.style.height = `${text.scrollHeight}px`;
  }

  function pick(list) {
    const added = [...list];
    notice(added.some(({ size }) => size > MAX_FILE) ? TOO_LARGE : "");
    files = [...files, ...added.filter(({ size }) => size <= MAX_FILE)];
    showPicked(files, (gone) => { files = files.filter((one) => one !== gone); pick([]); });
  }

  function submit(event) {
    event.preventDefault();
    const words = text.value.trim();
    if (!words && files.length === 0) return;
    const [first, ...others] = files.length ? files : [undefined];
    say(words, first);
    for (const other of others) say("", other);
    files = [];
    pick([]);
    text.value = "";
    grow();
    text.focus();
  }

  form.addEventListener("submit", submit);
  text.addEventListener("input", grow);
  text.addEventListener("keydown", (event) => onKey(event, form, choices));
  text.addEventListener("paste", (event) => event.clipboardData.files.length && pick(event.clipboardData.files));
  byId("attach").onclick = () => file.click();
  file.onchange = () => { pick(file.files); file.value = ""; text.focus(); };

  return {
    notice,
    /** Each person has a draft of their own. */
    turnTo(next, readOnly) {
      drafts.set(address, text.value);
      address = next;
      text.value = drafts.get(next) ?? "";
      files = [];
      pick([]);
      form.hidden = readOnly;
      byId("read-only").hidden = !readOnly;
      grow();
    },
    focus: () => text.focus(),
  };
}

/** Enter sends (not while a syllable is still being composed), Shift+Enter breaks the line, ↑ goes to the buttons. */
function onKey(event, form, choices) {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
  if (event.key === "ArrowUp" && event.target.value === "") choices()[0]?.focus();
}

function showPicked(files, drop) {
  byId("picked").hidden = files.length === 0;
  byId("picked").replaceChildren(...files.map((file) => thumbnail(file, drop)));
}

function thumbnail(file, drop) {
  const close = el("button", { type: "button", textContent: "×", onclick: () => drop(file) });
  close.setAttribute("aria-label", `Bỏ ${file.name}`);
  const picture = file.type.startsWith("image/") ? el("img", { alt: "", src: URL.createObjectURL(file) }) : null;
  return el("div", { className: "thumb" }, picture, el("span", { textContent: file.name }), close);
}

function notice(sentence) {
  byId("notice").textContent = sentence;
  byId("notice").hidden = !sentence;
}
