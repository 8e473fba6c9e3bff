// What the late views build their parts with. Text is always set as text.

const KIB = 1024;

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

/** A whole number with a thin space between each three digits. */
export function count(number) {
  return String(Math.round(number)).replace(/\B(?=(\d{3})+$)/g, "\u202f");
}

/** An amount of memory with its unit. */
export function bytes(amount) {
  const size = Math.abs(amount);
  if (size < KIB) return `${amount} ${amount === 1 ? "byte" : "bytes"}`;
  const [value, unit] = size < KIB * KIB ? [amount / KIB, "KiB"] : [amount / KIB / KIB, "MiB"];
  return `${Math.abs(value) < 100 ? value.toFixed(1).replace(/\.0$/, "") : Math.round(value)} ${unit}`;
}

/** A number and what it counts: `1 object`, `3 objects`. */
export function plural(number, one) {
  return `${count(number)} ${one}${number === 1 ? "" : "s"}`;
}

/** Puts a style sheet of the late views into force. */
export function adopt(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}
