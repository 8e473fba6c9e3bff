// What the page's program leaves to JavaScript: storage, the clipboard, files, links. Every function answers for itself
// when the browser refuses: nothing here throws.

import { engine } from "./engine.js";

const DRAFT = "semispace.draft";
const MOST = 200_000;

/** Text to a compact, address-safe form and back. */
async function compress(text) {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

async function decompress(packed) {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    // A small link can hold a huge text: stop before it fills the memory.
    if (text.length > MOST) throw new Error("it holds more text than a snippet may have");
  }
}

/** Only what a run depends on, and only in the shape that it has. */
function checked(work) {
  if (typeof work?.source !== "string") throw new Error("it holds no snippet");
  const count = (value, most) => (Number.isInteger(value) && value >= 0 && value <= most ? value : undefined);
  return {
    source: work.source,
    files: checkedFiles(work.files),
    profile: typeof work.profile === "string" ? work.profile : "",
    seed: count(work.seed, 2 ** 32 - 1),
    maxOldSpace: count(work.maxOldSpace, 4096),
    maxSemiSpace: count(work.maxSemiSpace, 4096),
    minSemiSpace: count(work.minSemiSpace, 4096),
  };
}

/** The snippet's other files: at most 20, each with a name that `require` can ask for. */
function checkedFiles(files) {
  if (!Array.isArray(files)) return [];
  const isFile = (file) => typeof file?.name === "string" && typeof file.text === "string" && /^[\w.-]+(\/[\w.-]+)*$/.test(file.name);
  return files.filter(isFile).slice(0, 20).map(({ name, text }) => ({ name, text }));
}

function store(key, text) {
  try {
    localStorage.setItem(key, text);
    return true;
  } catch {
    return false;
  }
}

function read(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

globalThis.semispaceParts = {
  /** The run in the page's address, or undefined; with `problem` when the link is damaged. */
  async unpackLink() {
    const packed = /^#run=([\w-]+)/.exec(location.hash)?.[1];
    if (packed === undefined) return undefined;
    try {
      return checked(JSON.parse(await decompress(packed)));
    } catch (error) {
      return { problem: `This link is damaged: ${error.message}. Your draft is shown instead.` };
    }
  },

  /** Puts a run into the address and on the clipboard; says what happened. */
  async share(work) {
    const address = new URL(location.href);
    address.hash = `run=${await compress(JSON.stringify(work))}`;
    history.replaceState(null, "", address);
    try {
      await navigator.clipboard.writeText(address.href);
      return "The link to this run is on the clipboard and in the address.";
    } catch {
      return "The link to this run is in the address: copy it from there.";
    }
  },

  readDraft() {
    try {
      return checked(JSON.parse(read(DRAFT)));
    } catch {
      return undefined;
    }
  },

  keepDraft: (work) => store(DRAFT, JSON.stringify(work)),

  save(name, content, type = "text/javascript") {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  },

  /** The text of a file that the person chooses; undefined when they choose none. */
  open() {
    return new Promise((resolve) => {
      const input = document.createElement("input");
      input.type = "file";
      input.accept = ".js,.mjs,.cjs,.txt,text/javascript";
      input.onchange = async () => resolve(await input.files[0]?.text());
      input.oncancel = () => resolve(undefined);
      input.click();
    });
  },

  /** The lessons by chapter; undefined when they cannot be fetched. */
  lessons: async () => (await fetch("lessons.json")).json(),
  readDone: (lesson) => read(`semispace.done.${lesson}`) !== null,
  keepDone: (lesson) => store(`semispace.done.${lesson}`, "1"),

  copy: (text) => navigator.clipboard?.writeText(text).catch(() => {}),

  readSize: (name) => Number.parseFloat(read(`semispace.size.${name}`)) || undefined,
  keepSize: (name, size) => store(`semispace.size.${name}`, String(size)),

  /** Overrides the system's choice, and keeps it. */
  switchTheme() {
    const root = document.documentElement;
    const isDark = (root.dataset.theme ?? (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
    root.dataset.theme = isDark ? "light" : "dark";
    store("semispace.theme", root.dataset.theme);
    globalThis.dispatchEvent(new Event("semispace-theme"));
  },

  connect: (worker) => engine.connect(worker),
  beginRun: () => engine.beginRun(),

  /** Loads the views that open late; undefined when they cannot be fetched. */
  loadViews: () => import(new URL("views.js", document.baseURI)),

  /** Opens the Snapshots tab and records the heap as it is. */
  recordSnapshot: () => onSnapshots((view) => view.record()),

  togglePopover: (id) => document.getElementById(id)?.togglePopover?.(),
  focus: (id) => document.getElementById(id)?.focus(),
  resetSelect: (event) => (event.target.value = ""),
};

/** Snapshots that the snippet itself writes go to the slots too; the tab stays as it is. */
engine.addEventListener("written", async ({ detail: paths }) => {
  await globalThis.semispaceParts.loadViews();
  const words = await document.querySelector("semispace-snapshots").takeWritten(paths);
  dispatchEvent(new CustomEvent("semispace-notice", { detail: words }));
});

/** Opens the Snapshots tab and does something there. */
async function onSnapshots(act) {
  document.getElementById("tab-snapshots")?.click();
  await globalThis.semispaceParts.loadViews();
  act(document.querySelector("semispace-snapshots"));
}

// Files can be dropped anywhere on the page: snapshots go to their tab, a script into the editor.
addEventListener("dragover", (event) => {
  if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
});
addEventListener("drop", (event) => {
  const files = [...(event.dataTransfer?.files ?? [])];
  if (files.length === 0) return;
  event.preventDefault();
  const scripts = files.filter(({ name }) => /\.[cm]?js$/.test(name));
  const snapshots = files.filter((file) => !scripts.includes(file));
  if (snapshots.length > 0) onSnapshots((view) => view.readFiles(snapshots));
  else scripts[0].text().then((detail) => dispatchEvent(new CustomEvent("semispace-open", { detail })));
});

const theme = read("semispace.theme");
if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
