// Where the widget's files lie: beside this script, unless a page that bundles the script says otherwise.

let base = new URL(".", import.meta.url);

/** Tells where the files of `embed/` are served: lessons, the worker and, one folder up, the engine. */
export function setBase(address) {
  base = new URL(address, document.baseURI);
}

/** The address of a file, relative to `embed/`. */
export function addressOf(path) {
  return new URL(path, base);
}
