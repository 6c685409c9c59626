// What a list of messages comes to on the screen.  Pure: no page, no network.

/**
 * Messages in the order in which they came → bubbles in the order in which they stand.
 * A message that replaces another takes its place.  Buttons live on the newest message that has some,
 * until the person says anything.
 */
export function fold(messages) {
  const bubbles = [];
  const places = new Map();
  let live = null;
  for (const message of messages) {
    const earlier = message.replaces ? places.get(message.replaces) : undefined;
    const bubble = earlier ? edit(bubbles, earlier, message) : add(bubbles, message);
    places.set(message.id, bubble);
    live = liveAfter(live, bubble);
  }
  return bubbles.map((bubble) => ({ ...bubble, live: bubble === live }));
}

function add(bubbles, message) {
  const bubble = { key: message.id, message };
  bubbles.push(bubble);
  return bubble;
}

/** Ticking a box is seen on the box: the press before an edit that still asks makes no bubble of its own. */
function edit(bubbles, bubble, message) {
  const last = bubbles.at(-1);
  const ticked = last.message.from === "me" && bubble.message.choices.some((c) => c.label === last.message.text);
  if (ticked && message.choices.length > 0) bubbles.pop();
  bubble.message = { ...message, at: bubble.message.at };
  return bubble;
}

function liveAfter(live, bubble) {
  if (bubble.message.from === "me") return null;
  return bubble.message.choices.length > 0 ? bubble : live;
}

/** A newly read history, and what is only known here: messages on their way, and those that came while it was read. */
export function merge(history, known, since) {
  const told = new Set(history.map((message) => message.id));
  const local = known.filter((m) => !told.has(m.id) && (m.state || since.has(m.id)));
  return [...history, ...local];
}
