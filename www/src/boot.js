import "./parts.js";
import { watchForUpdates } from "./update.js";

// Starts the page's own WebAssembly, whose hashed file names trunk has written into this script's element. Until it is
// here, the shell of index.html shows; this person's own draft and pane sizes are put into it first.
const script = document.querySelector("script[data-wasm]");
const shell = document.getElementById("shell");
const { readDraft, readSize } = globalThis.semispaceParts;

/** Milliseconds after which a visitor has seen a first result. */
const SETTLED = 3000;

function address(name) {
  return new URL(script.dataset[name], document.baseURI).href;
}

for (const name of ["editor-width", "timeline-height", "side-width"]) {
  const size = readSize(name);
  if (size !== undefined) document.documentElement.style.setProperty(`--${name}`, `${size}px`);
}
const isLinked = location.hash.startsWith("#run=");
const draft = isLinked ? { source: "" } : readDraft();
if (draft !== undefined) document.getElementById("shell-source").textContent = draft.source;

try {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly, or it is switched off");
  }
  const { default: init } = await import(address("js"));
  await init({ module_or_path: address("wasm") });
  shell.remove();
  // What is kept for offline use is downloaded when the first run has had the network to itself.
  setTimeout(watchForUpdates, SETTLED);
} catch (error) {
  document.getElementById("boot-message").textContent =
    `The page could not start: ${error.message}. Reload it; if that does not help, try a current browser.`;
}
