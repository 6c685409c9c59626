// The person's messages on their way: one after another, each repeated with the same id until it is answered.

const SHELF = "outbox";
const PAUSES = [1_000, 2_000, 4_000, 8_000, 15_000];

/** `send(item)` tries once; `changed(item, outcome)` is told "sending", "sent", "failed" or "refused". */
export function createOutbox(send, changed) {
  const queue = restored();
  let running = false;
  let wake = () => {};

  async function run() {
    if (running) return;
    running = true;
    for (let failures = 0; queue.length > 0; ) {
      const item = queue[0];
      changed(item, { state: "sending" });
      const outcome = await send(item);
      changed(item, outcome);
      if (outcome.state === "failed") await pause(PAUSES[Math.min(failures++, PAUSES.length - 1)]);
      else { failures = 0; queue.shift(); shelve(queue); }
    }
    running = false;
  }

  const pause = (ms) => new Promise((resolve) => { wake = resolve; setTimeout(resolve, ms); });

  return {
    waiting: () => [...queue],
    add(item) {
      queue.push(item);
      shelve(queue);
      run();
    },
    /** Do not wait any longer: the person asked, or the connection is back. */
    hurry() {
      wake();
      run();
    },
  };
}

/** Messages outlive a reload; files do not. */
function shelve(queue) {
  const kept = queue.filter((item) => !item.file);
  try {
    sessionStorage.setItem(SHELF, JSON.stringify(kept));
  } catch {
    // Storage may be full or forbidden; the page works without it.
  }
}

function restored() {
  try {
    return JSON.parse(sessionStorage.getItem(SHELF) ?? "[]");
  } catch {
    return [];
  }
}
