// Bundles the page's own modules, the widget and the npm parts into www/generated, from where trunk copies them, and gathers
// the lessons into one file.
import { build } from "esbuild";
import { writeFile } from "node:fs/promises";
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

// The widget: a small script that pages include, and in chunks what it loads when somebody runs it.
const embed = { "embed/semispace": "src/embed/semispace.js", "embed/worker": "src/embed/worker.js" };
await build({ ...common, entryPoints: embed, outdir: "generated", splitting: true, chunkNames: "embed/[name]-[hash]" });

await writeFile(new URL("generated/lessons.json", import.meta.url), JSON.stringify(await readChapters()));
