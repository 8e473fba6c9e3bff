// What the late views build their parts with. Text is always set as text.

export { amount as bytes, count, plural } from "./amount.js";

/** An element with properties (`class` and names with a dash are attributes) and children: elements or text. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class" || name === "role" || name.includes("-")) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

export function button(label, act, properties = {}) {
  return element("button", { type: "button", class: "button", onclick: act, ...properties }, label);
}

/** Puts a style sheet of the late views into force. */
export function adopt(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
