// Bundles the page's own modules, the widget and the npm parts into www/generated, from where trunk copies them, and gathers
// the lessons into one file.
import { build } from "esbuild";
import { copyFile, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readChapters } from "./lessons.js";

const here = fileURLToPath(new URL(".", import.meta.url));

const common = {
  absWorkingDir: here,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  // Made by wasm-bindgen and copied beside the bundles.
  external: ["./semispace-wasm.js", "../semispace-wasm.js"],
  // A style sheet that a shadow root adopts: our policy allows no inline style element.
  loader: { ".css": "text" },
  logLevel: "warning",
};

await build({
  ...common,
  entryPoints: ["src/boot.js", "src/editor.js", "src/timeline.js", "src/views.js", "src/worker.js"],
  outdir: "generated",
});

// The widget: a small script that pages include, and in chunks what it loads when somebody runs it; then the script of the page
// for an iframe, and the one that gives an iframe its height.
const embed = (...names) => Object.fromEntries(names.map((name) => [`embed/${name}`, `src/embed/${name}.js`]));
await build({ ...common, entryPoints: embed("semispace", "worker"), outdir: "generated", splitting: true, chunkNames: "embed/[name]-[hash]" });
await build({ ...common, entryPoints: embed("frame", "resize"), outdir: "generated", external: ["./semispace.js"] });
for (const [from, to] of [["embed.html", "embed.html"], ["src/embed/frame.css", "embed/frame.css"], ["src/embed/semispace.d.ts", "embed/semispace.d.ts"]]) {
  await copyFile(new URL(from, import.meta.url), new URL(`generated/${to}`, import.meta.url));
}

await writeFile(new URL("generated/lessons.json", import.meta.url), JSON.stringify(await readChapters()));
