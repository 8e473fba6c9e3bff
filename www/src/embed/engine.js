// The engine, for all widgets of a page: downloaded and compiled once, when the first of them runs.
import { engineAddress, renew, workerAddress } from "./base.js";
import { scriptAddress } from "./trusted.js";

let module = null;

/** The compiled engine. After a failure the next call tries again. */
export function engineModule() {
  module ??= compile().catch((error) => {
    module = null;
    throw error;
  });
  return module;
}

async function compile() {
  if (typeof WebAssembly !== "object") throw new Error("This browser has no WebAssembly, or it is switched off.");
  const address = engineAddress();
  const response = await fetch(address).catch((error) => {
    throw new Error(`The engine cannot be fetched from ${address.origin}: ${error.message}. Does this page's Content-Security-Policy allow it (connect-src)?`);
  });
  if (!response.ok) {
    await renew();
    throw new Error(`The engine cannot be fetched: ${response.status} for ${address}. If a newer version has just been published, load this page again.`);
  }
  const type = response.headers.get("content-type") ?? "";
  if (type.startsWith("text/html")) throw new Error(`The engine is not at ${address}: the host answers with a page.`);
  try {
    const isTyped = type.startsWith("application/wasm");
    return await (isTyped ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    if (!/Content.Security.Policy|unsafe-eval/i.test(error.message)) throw error;
    throw new Error("This page's Content-Security-Policy keeps WebAssembly from running: its script-src needs 'wasm-unsafe-eval'.");
  }
}

/**
 * A worker that runs the engine. A browser starts workers from the page's own origin only: for a widget from elsewhere,
 * one line in a blob imports the worker's script.
 */
export function startWorker() {
  const address = workerAddress();
  if (address.origin === location.origin) return new Worker(scriptAddress(address), { type: "module" });
  const shim = URL.createObjectURL(new Blob([`import ${JSON.stringify(address.href)};`], { type: "text/javascript" }));
  const worker = new Worker(scriptAddress(shim), { type: "module" });
  worker.addEventListener("message", () => URL.revokeObjectURL(shim), { once: true });
  return worker;
}
