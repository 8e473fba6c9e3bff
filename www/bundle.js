// Bundles the page's own modules, the widget and the npm parts into www/generated, from where trunk copies them, gathers
// the lessons into one file, and the page's style sheets into another. `node www/bundle.js FOLDER` bundles only the widget, for the npm package in that folder.
import { build } from "esbuild";
import { copyFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { lessonNames, readChapters } from "./lessons.js";

const here = fileURLToPath(new URL(".", import.meta.url));

const common = {
  absWorkingDir: here,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  // A style sheet that a shadow root adopts: our policy allows no inline style element.
  loader: { ".css": "text" },
  logLevel: "warning",
};
/** Made by wasm-bindgen and copied beside the bundles. */
const engine = ["./semispace-wasm.js", "../semispace-wasm.js"];

/** `import { LESSONS } from "semispace:lessons"`: each lesson by its name, loaded when it is asked for (pictures.js makes the files). */
const lessons = {
  name: "lessons",
  setup(build) {
    build.onResolve({ filter: /^semispace:lessons$/ }, ({ path }) => ({ path, namespace: "lessons" }));
    build.onResolve({ filter: /^\.\/lessons\//, namespace: "lessons" }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /./, namespace: "lessons" }, async () => {
      const entries = (await lessonNames()).map((name) => `${JSON.stringify(name)}: () => import("./lessons/${name}.js")`);
      return { contents: `export const LESSONS = { ${entries.join(", ")} };` };
    });
  },
};

const embed = (...names) => Object.fromEntries(names.map((name) => [`embed/${name}`, `src/embed/${name}.js`]));
/** The widget: a small script that pages include, and in chunks what it loads when somebody runs it. */
const element = { ...common, splitting: true, chunkNames: "embed/[name]-[hash]", plugins: [lessons] };

async function forSite() {
  await build({
    ...common,
    entryPoints: ["src/boot.js", "src/timeline.js", "src/views.js", "src/worker.js"],
    outdir: "generated",
    external: engine,
  });
  // In three files, of which the third, completion, is loaded by who types. Their names get their hashes later.
  await build({ ...common, splitting: true, chunkNames: "editor-[name]", entryPoints: ["src/editor.js"], outdir: "generated" });
  // Chunks of earlier builds have other names.
  await rm(new URL("generated/embed", import.meta.url), { recursive: true, force: true });
  await build({ ...element, entryPoints: embed("semispace", "worker"), outdir: "generated", external: engine, define: { HAS_PAGE: "true" } });
  // The script of the page for an iframe, and the one that gives an iframe its height.
  await build({ ...common, entryPoints: embed("frame", "resize"), outdir: "generated", external: ["./semispace.js"] });
  for (const [from, to] of [["embed.html", "embed.html"], ["src/embed/frame.css", "embed/frame.css"], ["src/embed/semispace.d.ts", "embed/semispace.d.ts"]]) {
    await copyFile(new URL(from, import.meta.url), new URL(`generated/${to}`, import.meta.url));
  }
  await build({ absWorkingDir: here, bundle: true, minify: true, logLevel: "warning", entryPoints: ["styles/page.css"], outdir: "generated-styles" });
  await writeFile(new URL("generated/lessons.json", import.meta.url), JSON.stringify(await readChapters()));
}

/** There is no full page beside the package's widget, and its worker is one file, which bundlers copy as it is. */
async function forPackage(folder) {
  const engineOfPackage = { name: "engine", setup: (build) => build.onResolve({ filter: /^\.\.\/semispace-wasm\.js$/ }, () => ({ path: join(folder, "semispace-wasm.js") })) };
  await build({ ...element, entryPoints: embed("semispace"), outdir: folder, define: { HAS_PAGE: "false" } });
  await build({ ...common, entryPoints: embed("worker"), outdir: folder, plugins: [engineOfPackage] });
  await copyFile(new URL("src/embed/semispace.d.ts", import.meta.url), join(folder, "embed/semispace.d.ts"));
}

const [folder] = process.argv.slice(2);
await (folder ? forPackage(resolve(folder)) : forSite());
