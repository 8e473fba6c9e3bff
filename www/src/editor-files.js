// The tabs above the editor: the snippet, and the files that it may require.
import { element } from "./dom.js";

const NAME = /^[\w-][\w.-]*(\/[\w-][\w.-]*)*$/;

export class FileTabs {
  #acts;
  #names = [];
  #open = 0;
  #list = element("div", { role: "tablist", "aria-label": "Files" });
  #add = element("button", { type: "button", "aria-label": "Add a file", title: "Add a file that require() finds", onclick: () => this.#ask() }, "+");
  #remove = element("button", { type: "button", onclick: () => this.#removeOpen() }, "×");
  #aside = element("span", { class: "aside" }, "Ctrl+Enter runs");

  /** `acts`: `open(index)`, `add(name)`, `remove(index)`. */
  constructor(acts) {
    this.#acts = acts;
    this.element = element("div", { class: "files" }, this.#list, this.#remove, this.#add, this.#aside);
    this.#list.addEventListener("keydown", (event) => this.#key(event));
  }

  show(names, open) {
    this.#names = names;
    this.#open = open;
    const tabs = names.map((name, index) =>
      element("button", { type: "button", role: "tab", "aria-selected": String(index === open), tabIndex: index === open ? 0 : -1, onclick: () => this.#acts.open(index) }, name),
    );
    this.#list.replaceChildren(...tabs);
    this.#reveal(tabs[open]);
    this.#aside.hidden = names.length > 1;
    this.#remove.hidden = open === 0;
    this.#remove.setAttribute("aria-label", `Remove ${names[open]}`);
    this.#remove.title = `Remove ${names[open]}`;
  }

  /** Scrolls the list, and nothing around it, until a tab is seen. */
  #reveal(tab) {
    const [seen, room] = [tab, this.#list].map((one) => one.getBoundingClientRect());
    this.#list.scrollLeft += Math.max(0, seen.right - room.right) + Math.min(0, seen.left - room.left);
  }

  /** A field for the new file's name, in the place of the button. */
  #ask() {
    let number = 2;
    while (this.#names.includes(`file${number}.js`)) number += 1;
    const field = element("input", { type: "text", value: `file${number}.js`, "aria-label": "Name of the new file" });
    const close = () => {
      field.replaceWith(this.#add);
      this.#add.focus();
    };
    field.onkeydown = (event) => {
      if (event.key === "Escape") close();
      if (event.key !== "Enter") return;
      const name = field.value.trim().replace(/^\.\//, "");
      const problem = !NAME.test(name) ? "A name such as cache.js, of letters, digits, - and _" : this.#names.includes(name) ? `There is a file ${name} already` : "";
      field.setCustomValidity(problem);
      if (problem) {
        field.reportValidity();
        return;
      }
      field.replaceWith(this.#add);
      this.#acts.add(/\.(js|cjs|mjs|json)$/.test(name) ? name : `${name}.js`);
    };
    this.#add.replaceWith(field);
    field.select();
  }

  #removeOpen() {
    const name = this.#names[this.#open];
    if (confirm(`Remove ${name} and what is in it?`)) this.#acts.remove(this.#open);
  }

  #key(event) {
    const count = this.#names.length;
    const next = { ArrowRight: this.#open + 1, ArrowLeft: this.#open + count - 1, Home: 0, End: count - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    this.#acts.open(next % count);
    this.#list.children[next % count]?.focus();
  }
}
