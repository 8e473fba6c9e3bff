// A page may demand that script addresses and markup are made by a named policy (Trusted Types). Ours is named
// `semispace`, and lets pass only what the widget itself has made.

const policy = makePolicy();

function makePolicy() {
  try {
    return globalThis.trustedTypes?.createPolicy("semispace", { createScriptURL: (address) => address, createHTML: (markup) => markup });
  } catch {
    // The page allows no such policy; unless it also demands one, nothing is lost.
    return undefined;
  }
}

/** A worker's address. */
export function scriptAddress(address) {
  return policy ? policy.createScriptURL(String(address)) : String(address);
}

/** The root of an SVG file's text. Nothing in it runs: it is parsed as a document of its own. */
export function parseSvg(text) {
  const { documentElement } = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "image/svg+xml");
  return document.importNode(documentElement, true);
}
