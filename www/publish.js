// Makes what trunk has built fit for any static host: names that follow from the content, a service worker for offline use,
// headers, and every file compressed beside itself. `node www/publish.js FOLDER [fast]`.
//
// A file that others hold on to by its name keeps it: the pages, and all of embed/. Every other file of the folder itself
// gets its content's hash into its name, so that it can be cached for ever.
import { createHash } from "node:crypto";
import { readFile, readdir, rename, writeFile } from "node:fs/promises";
import { dirname, extname, join, posix } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import zlib from "node:zlib";
import { build } from "esbuild";

const TEXT = new Set([".css", ".html", ".js", ".json", ".svg", ".txt"]);
const COMPRESSIBLE = new Set([...TEXT, ".wasm"]);
/** Bytes from which it is worth a file of its own. */
const LEAST_COMPRESSED = 1024;
const KEEPS_NAME = /^(?:[\w-]+\.html|sw\.js|_headers|.+\.txt)$|\//;
/** Files that change under their names, besides the page itself and embed/. */
const MUST_BE_NEW = /^(?:embed\.html|licences\.html|sw\.js)$/;
/** A browser may keep the file, and asks each time whether there is a newer one. */
const ASK_ANEW = "Cache-Control: no-cache";
const IS_HASHED = /[-.][0-9a-f]{12,}(?:_bg)?\.\w+$/;

const here = fileURLToPath(new URL(".", import.meta.url));
const gzip = promisify(zlib.gzip);
const brotli = promisify(zlib.brotliCompress);

const hashOf = (data) => createHash("sha256").update(data).digest("hex").slice(0, 16);

/** Every file below a folder but the compressed ones, by its path with slashes, sorted. */
async function list(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  return files.map((entry) => posix.normalize(join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1).replaceAll("\\", "/"))).filter((name) => !/\.(?:br|gz)$/.test(name)).sort();
}

/** The built files, and how they name each other: in quotes, relative to their own place. */
class Site {
  #folder;
  #names;
  /** The new name of each file, once it is known. */
  renamed = new Map();

  constructor(folder, names) {
    this.#folder = folder;
    this.#names = new Set(names);
  }

  async hashNames() {
    for (const name of this.#names) await this.#settle(name, []);
  }

  /** First whatever the file names, then the file: its hash covers theirs. */
  async #settle(name, holders) {
    if (this.renamed.has(name)) return this.renamed.get(name);
    if (holders.includes(name)) throw new Error(`${[...holders, name].join(" names ")}: no hash can be in all of these names`);
    const path = join(this.#folder, name);
    let content = await readFile(path);
    if (TEXT.has(extname(name)) && name !== "lessons.json") {
      content = await this.#rewrite(content.toString("utf8"), name, [...holders, name]);
      await writeFile(path, content);
    }
    const fresh = KEEPS_NAME.test(name) || IS_HASHED.test(name) ? name : `${name.slice(0, -extname(name).length)}-${hashOf(content)}${extname(name)}`;
    if (fresh !== name) await rename(path, join(this.#folder, fresh));
    this.renamed.set(name, fresh);
    return fresh;
  }

  async #rewrite(text, name, holders) {
    const quoted = /(["'`])((?:\.{0,2}\/)*[\w./-]+\.\w+)(?=\1)/g;
    const pieces = [];
    let end = 0;
    for (const { 0: whole, 1: quote, 2: address, index } of text.matchAll(quoted)) {
      const target = posix.normalize(posix.join(dirname(name), address));
      // The pages name each other, and a page's name stays.
      if (target === name || !this.#names.has(target) || KEEPS_NAME.test(target)) continue;
      const fresh = await this.#settle(target, holders);
      pieces.push(text.slice(end, index), quote, address.slice(0, -posix.basename(target).length), posix.basename(fresh));
      end = index + whole.length;
    }
    return pieces.join("") + text.slice(end);
  }
}

/** The service worker, with the list of what it keeps; its version follows from that list and from the files. */
async function writeServiceWorker(folder, names) {
  // The widget is for other pages.
  const files = names.filter((name) => !/^(?:_headers|sw\.js|embed\.html|embed\/.*|.+\.txt)$/.test(name));
  const contents = await Promise.all(files.map((name) => readFile(join(folder, name))));
  const version = hashOf(files.map((name, at) => `${name} ${hashOf(contents[at])}\n`).join(""));
  await build({
    absWorkingDir: here,
    entryPoints: ["src/service-worker.js"],
    outfile: join(folder, "sw.js"),
    bundle: true,
    minify: true,
    target: "es2022",
    define: { VERSION: JSON.stringify(version), FILES: JSON.stringify(files) },
    logLevel: "warning",
  });
  return version;
}

/** The page learns of its service worker by an attribute: a page that is served while one works on it has none. */
async function announceServiceWorker(folder) {
  const path = join(folder, "index.html");
  const page = await readFile(path, "utf8");
  if (page.includes(" data-service-worker=")) return;
  await writeFile(path, page.replace("<html ", '<html data-service-worker="sw.js" '));
}

/** For hosts that read it (Netlify, Cloudflare Pages): the policy of the page as a header, and how long to keep what. */
async function writeHeaders(folder, names) {
  const page = await readFile(join(folder, "index.html"), "utf8");
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1];
  if (!policy) throw new Error("index.html has no Content-Security-Policy");
  const lasting = names.filter((name) => IS_HASHED.test(name) && !name.includes("/"));
  const rules = [
    ...["/", "/index.html"].map((path) => [path, [`Content-Security-Policy: ${policy}; frame-ancestors 'self'`, ASK_ANEW]]),
    ["/*", ["X-Content-Type-Options: nosniff", "Referrer-Policy: no-referrer"]],
    ...names.filter((name) => MUST_BE_NEW.test(name)).map((name) => [`/${name}`, [ASK_ANEW]]),
    // Other people's pages load the widget from here. Its chunks have hashes of their sources only: what they name is hashed later.
    ["/embed/*", ["Access-Control-Allow-Origin: *", ASK_ANEW]],
    ...lasting.map((name) => [`/${name}`, ["Cache-Control: public, max-age=31536000, immutable", "Access-Control-Allow-Origin: *"]]),
  ];
  const text = rules.map(([path, lines]) => [path, ...lines.map((line) => `  ${line}`)].join("\n")).join("\n");
  await writeFile(join(folder, "_headers"), `${text}\n`);
}

async function compress(folder, names, isFast) {
  const quality = isFast ? 4 : zlib.constants.BROTLI_MAX_QUALITY;
  const level = isFast ? 6 : 9;
  for (const name of names) {
    const path = join(folder, name);
    const content = await readFile(path);
    if (!COMPRESSIBLE.has(extname(name)) || content.length < LEAST_COMPRESSED) continue;
    const params = { [zlib.constants.BROTLI_PARAM_QUALITY]: quality, [zlib.constants.BROTLI_PARAM_SIZE_HINT]: content.length };
    await writeFile(`${path}.gz`, await gzip(content, { level }));
    await writeFile(`${path}.br`, await brotli(content, { params }));
  }
}

export async function publish(folder, { isFast = false } = {}) {
  const site = new Site(folder, await list(folder));
  await site.hashNames();
  await announceServiceWorker(folder);
  const version = await writeServiceWorker(folder, await list(folder));
  await writeHeaders(folder, await list(folder));
  await compress(folder, await list(folder), isFast);
  return version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, speed] = process.argv.slice(2);
  const version = await publish(folder, { isFast: speed === "fast" });
  console.log(`Version ${version}`);
}
