// What the page's program leaves to JavaScript: storage, the clipboard, files, links. Every function answers for itself
// when the browser refuses: nothing here throws.

import { engine } from "./engine.js";
import { checked, fragmentOf, runOf } from "./link.js";
import { offer } from "./offer.js";
import { save } from "./save.js";

const DRAFT = "semispace.draft";
/** Another draft: the own one from before a link's run was edited. */
const EARLIER = "semispace.draft.earlier";
/** Does the address hold a run of somebody else's? */
let isLinked = false;
/** The run that Share has put into the address. */
let shared;
/** The views that open late, once something has asked for them. */
let views = null;

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
    try {
      const work = await runOf(location.hash);
      isLinked = work !== undefined;
      if (!isLinked) offerEarlier();
      return work;
    } catch (error) {
      return { problem: `This link is damaged: ${error.message.replace(/\.+$/, "")}. Your draft is shown instead.` };
    }
  },

  /** Puts a run into the address and on the clipboard; says what happened. */
  async share(work) {
    const address = new URL(location.href);
    try {
      address.hash = await fragmentOf(work);
    } catch (error) {
      return error.message;
    }
    shared = JSON.stringify(work);
    isLinked = false;
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

  keepDraft(work) {
    const text = JSON.stringify(work);
    if (location.hash.startsWith("#run=") && text !== shared) leaveLink();
    return store(DRAFT, text);
  },

  save,

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

  /** The script of the page's worker. */
  worker: () => new URL("worker.js", document.baseURI).href,
  connect: (worker) => engine.connect(worker),
  beginRun: () => engine.beginRun(),

  /** Loads the views that open late; undefined when they cannot be fetched. One promise for all: who waits for it goes on in turn. */
  loadViews() {
    views ??= import(new URL("views.js", document.baseURI)).catch((error) => {
      views = null;
      throw error;
    });
    return views;
  },

  /** Opens the Snapshots tab and records the heap as it is. */
  recordSnapshot: () => onSnapshots((view) => view.record()),

  togglePopover: (id) => document.getElementById(id)?.togglePopover?.(),
  focus: (id) => document.getElementById(id)?.focus(),
  /** Scrolls the log to the line that is looked at, or to its end, once what was changed is laid out. */
  revealLine: () =>
    setTimeout(() => {
      const lines = document.querySelector(".lines");
      const chosen = lines?.querySelector("[aria-pressed=true]");
      if (chosen) chosen.scrollIntoView({ block: "nearest" });
      else lines?.scrollTo(0, lines.scrollHeight);
    }),
  resetSelect: (event) => (event.target.value = ""),
};

/** What is edited is no longer the link's run: a reload shows the draft. A draft of before that is kept, and can be had back. */
function leaveLink() {
  history.replaceState(null, "", location.pathname + location.search);
  const draft = isLinked ? read(DRAFT) : null;
  isLinked = false;
  if (draft !== null && store(EARLIER, draft)) offerEarlier();
}

/** The two drafts change places when that is asked for. */
function offerEarlier() {
  const earlier = read(EARLIER);
  if (earlier === null) return;
  const bring = () => store(EARLIER, read(DRAFT)) && store(DRAFT, earlier) && location.reload();
  offer("Another draft of yours is kept.", "Bring it back", bring, "Forget it", () => localStorage.removeItem(EARLIER));
}

// Who paints hears of the system's choice as of the button's.
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => globalThis.dispatchEvent(new Event("semispace-theme")));

// A link that is pasted into the address of the open page.
addEventListener("hashchange", () => {
  if (location.hash.startsWith("#run=")) location.reload();
});

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
