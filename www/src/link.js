// A run as the part of an address after `#run=`: everything that it depends on, compressed, no server.

const MOST = 200_000;

/** Text in a compact, address-safe form. */
export async function compress(text) {
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
export function checked(work) {
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

/** The run in the fragment of an address, checked; undefined when there is none. */
export async function runOf(fragment) {
  const packed = /^#run=([\w-]+)/.exec(fragment)?.[1];
  return packed === undefined ? undefined : checked(JSON.parse(await decompress(packed)));
}

/** The fragment that [`runOf`] reads; what it would refuse is an error. */
export async function fragmentOf(work) {
  const text = JSON.stringify(work);
  if (text.length > MOST) throw new Error("This snippet is too long for a link: save it as a file.");
  return `run=${await compress(text)}`;
}
