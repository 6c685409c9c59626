// The panel of the simulated clock.

import { byId, el } from "./dom.js";
import { date, time } from "./format.js";
import { get, post } from "./net.js";

/** Shows the time and moves it; `now()` is what the clock says. */
export function createClock(failed) {
  let clock = null;

  function show(next) {
    clock = next;
    byId("clock-now").textContent = next.label;
    byId("clock-now").dateTime = next.now;
    byId("clock-moves").replaceChildren(...next.moves.map(button));
  }

  function button(move) {
    const off = move.at === null;
    const node = el("button", { type: "button", disabled: off, onclick: () => go(move.to) });
    node.append(el("span", { textContent: move.label }));
    const when = off ? "không còn" : move.at ? `${time(move.at)} ${date(move.at).slice(0, 5)}` : "";
    if (when) node.append(el("small", { textContent: when }));
    node.dataset.to = move.to;
    return node;
  }

  async function go(to) {
    const panel = byId("clock");
    if (panel.ariaBusy === "true") return;
    panel.ariaBusy = "true";
    byId("clock-now").textContent = "Đang chuyển giờ…";
    try {
      show(await post("/api/clock", { to }));
    } catch (error) {
      show(clock);
      failed(error.message);
    }
    panel.ariaBusy = "false";
    panel.querySelector(`[data-to="${CSS.escape(to)}"]`)?.focus();
  }

  const openButton = byId("clock-open");
  openButton.onclick = () => {
    const open = document.body.classList.toggle("clock-shown");
    openButton.setAttribute("aria-expanded", String(open));
  };

  return {
    show: (next) => byId("clock").ariaBusy !== "true" && show(next),
    now: () => clock?.now ?? new Date().toISOString(),
    read: async () => show(await get("/api/clock")),
  };
}
