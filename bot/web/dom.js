// Makes and finds elements.  Text always goes in as text, never as markup.

export const byId = (id) => document.getElementById(id);

/** An element with properties; a property with a dash is an attribute. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** Words that only a screen reader says. */
export const unseen = (text) => el("span", { className: "unseen", textContent: text });
