import "./parts.js";
import { watchForUpdates } from "./update.js";

// Starts the page's own WebAssembly, whose hashed file names trunk has written into this script's element.
const script = document.querySelector("script[data-wasm]");
const message = document.getElementById("boot-message");

function address(name) {
  return new URL(script.dataset[name], document.baseURI).href;
}

try {
  if (typeof WebAssembly !== "object") {
    throw new Error("this browser has no WebAssembly, or it is switched off");
  }
  const { default: init } = await import(address("js"));
  await init({ module_or_path: address("wasm") });
  message.remove();
  watchForUpdates();
} catch (error) {
  message.textContent = `The page could not start: ${error.message}. Reload it; if that does not help, try a current browser.`;
}
