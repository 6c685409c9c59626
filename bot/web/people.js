// The list of people: groups, search, unread dots, arrow keys.

import { byId, el, unseen } from "./dom.js";
import { initials, plain, tone } from "./format.js";

const SHELF = "unread";

/** Draws the list once and keeps it current. */
export function createPeople(people) {
  const unread = new Set(restored());
  const rows = new Map(people.map((person) => [person.address, row(person)]));
  const sections = draw(people, rows);
  const [search, only, nobody] = [byId("search"), byId("only-unread"), byId("nobody")];

  function filter() {
    const words = plain(search.value).split(/\s+/).filter(Boolean);
    const justUnread = only.getAttribute("aria-pressed") === "true";
    for (const person of people) {
      const found = words.every((word) => searchable(person).includes(word));
      rows.get(person.address).hidden = !found || (justUnread && !unread.has(person.address));
    }
    for (const section of sections) section.hidden = !section.querySelector("a:not([hidden])");
    nobody.hidden = sections.some((section) => !section.hidden);
    keepOneInTabOrder(visible());
  }

  function showUnread() {
    for (const [address, node] of rows) mark(node, unread.has(address));
    only.hidden = unread.size === 0;
    only.textContent = `Có tin mới: ${unread.size}`;
    if (only.hidden) only.setAttribute("aria-pressed", "false");
    document.title = `${unread.size ? `(${unread.size}) ` : ""}Trợ lý báo cáo Công đoàn`;
    localStorage.setItem(SHELF, JSON.stringify([...unread]));
  }

  const visible = () => [...byId("people").querySelectorAll("a:not([hidden])")];

  search.addEventListener("input", filter);
  only.onclick = () => { toggle(only); filter(); };
  search.addEventListener("keydown", (event) => fromSearch(event, visible()));
  byId("people").addEventListener("keydown", (event) => step(event, visible()));
  filter();
  showUnread();

  return {
    find: (address) => people.find((person) => person.address === address),
    /** There is a message that nobody looks at. */
    unread(address) {
      if (!rows.has(address) || unread.has(address)) return;
      unread.add(address);
      showUnread();
      filter();
    },
    /** This person's chat is open now. */
    choose(address) {
      unread.delete(address);
      showUnread();
      for (const [other, node] of rows) current(node, other === address);
      filter();
      rows.get(address)?.scrollIntoView({ block: "nearest" });
    },
  };
}

function draw(people, rows) {
  const groups = new Map();
  for (const person of people) groups.set(person.group, [...(groups.get(person.group) ?? []), person]);
  const sections = [...groups].map(([name, members], index) => section(name, members, index, rows));
  byId("people").replaceChildren(...sections);
  return sections;
}

function section(name, members, index, rows) {
  const heading = el("h3", { id: `group-${index}`, textContent: name });
  const list = el("div", { className: "members" }, ...members.map(({ address }) => rows.get(address)));
  return el("section", { "aria-labelledby": `group-${index}` }, heading, list);
}

function row(person) {
  const isChannel = person.kind === "channel";
  const letters = el("span", { className: `avatar tone-${tone(person.name)}`, "aria-hidden": "true" });
  letters.textContent = isChannel ? "#" : initials(person.name);
  const name = el("span", { className: "name", textContent: person.name });
  const about = el("span", { className: "about", textContent: subtitle(person) });
  const words = el("span", { className: "words" }, name, unseen(", "), about);
  const link = el("a", { className: "person", href: `#${encodeURIComponent(person.address)}` }, letters, words);
  return link;
}

/** What stands under a name: title and unit. */
export const subtitle = ({ title, unit }) => [title, unit].filter(Boolean).join(" · ");

const searchable = (person) =>
  plain([person.name, person.title, person.unit, person.group, person.address].join(" "));

function mark(node, isUnread) {
  const dot = node.querySelector(".dot");
  if (isUnread && !dot) node.append(el("span", { className: "dot" }, unseen("có tin mới")));
  if (!isUnread) dot?.remove();
}

function current(node, isCurrent) {
  if (isCurrent) node.setAttribute("aria-current", "true");
  else node.removeAttribute("aria-current");
}

const toggle = (button) =>
  button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));

/** A hundred links are one stop of the Tab key; arrows move within. */
function keepOneInTabOrder(links) {
  const stop = links.find((link) => link.hasAttribute("aria-current")) ?? links[0];
  for (const link of links) link.tabIndex = link === stop ? 0 : -1;
}

function fromSearch(event, links) {
  if (event.key === "ArrowDown") { links[0]?.focus(); event.preventDefault(); }
  if (event.key === "Enter") links[0]?.click();
}

function step(event, links) {
  const here = links.indexOf(document.activeElement);
  const there = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: links.length - 1 }[event.key];
  if (there === undefined) return;
  event.preventDefault();
  (links[there] ?? (there < 0 ? byId("search") : links.at(-1))).focus();
}

function restored() {
  try {
    return JSON.parse(localStorage.getItem(SHELF) ?? "[]");
  } catch {
    return [];
  }
}
