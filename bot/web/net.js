// Talks to the server.

const TIMEOUT = 60_000;
const REST = 3_000;
const HIDDEN_FOR = 60_000;

/** A JSON answer; throws when there is none. */
export async function get(path) {
  const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok) throw new Error(await reason(response));
  return response.json();
}

/** Send JSON and read JSON; throws with a sentence for people. */
export async function post(path, body) {
  const response = await send(path, body);
  if (!response.ok) throw new Error(await reason(response));
  return response.json();
}

/** Send one message once: "sent", "refused" (with a reason, trying again is useless) or "failed" (try again). */
export async function deliver(item) {
  try {
    const response = await send("/api/messages", item.file ? form(item) : fields(item));
    if (response.ok) return { state: "sent", message: (await response.json()).message };
    if (response.status < 500) return { state: "refused", reason: await reason(response) };
  } catch {
    // No answer: whether it arrived is unknown, and the same id makes repeating it harmless.
  }
  return { state: "failed" };
}

/** Follow a person's events until the returned function is called; a lost stream is opened again. */
export function follow(address, { opened, lost, ...handlers }) {
  let source = null;
  let timer = 0;
  const open = () => {
    clearTimeout(timer);
    source?.close();
    source = new EventSource(`/api/events?as=${encodeURIComponent(address)}`);
    source.onopen = opened;
    source.onerror = () => {
      lost();
      if (source.readyState === EventSource.CLOSED) timer = setTimeout(open, REST);
    };
    for (const [name, handler] of Object.entries(handlers)) {
      source.addEventListener(name, (event) => handler(JSON.parse(event.data)));
    }
  };
  const close = () => { clearTimeout(timer); source.close(); };
  // A browser opens six connections to one server: pages out of sight must not hold them all.
  const sleep = () => {
    if (document.hidden) timer = setTimeout(close, HIDDEN_FOR);
    else if (source.readyState === EventSource.CLOSED) open();
    else clearTimeout(timer);
  };
  document.addEventListener("visibilitychange", sleep);
  open();
  return () => { document.removeEventListener("visibilitychange", sleep); close(); };
}

function send(path, body) {
  const isForm = body instanceof FormData;
  return fetch(path, {
    method: "POST",
    body: isForm ? body : JSON.stringify(body),
    headers: isForm ? {} : { "Content-Type": "application/json" },
    signal: AbortSignal.timeout(TIMEOUT),
  });
}

const fields = ({ as, id, text, choice }) => ({ as, id, text, choice });

function form({ as, id, text, file }) {
  const body = new FormData();
  body.append("as", as);
  body.append("id", id);
  body.append("text", text);
  body.append("file", file, file.name);
  return body;
}

async function reason(response) {
  try {
    return (await response.json()).error;
  } catch {
    return "Có lỗi khi xử lý. Đồng chí vui lòng thử lại.";
  }
}
