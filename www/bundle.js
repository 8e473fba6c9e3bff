// Bundles the page's own modules and the npm parts into www/generated, from where trunk copies them, and gathers the
// lessons into one file.
import { build } from "esbuild";
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { readChapters } from "./lessons.js";

const here = fileURLToPath(new URL(".", import.meta.url));

await build({
  absWorkingDir: here,
  entryPoints: ["src/boot.js", "src/editor.js", "src/timeline.js", "src/views.js", "src/worker.js"],
  outdir: "generated",
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  legalComments: "linked",
  // Made by wasm-bindgen and copied beside the bundles.
  external: ["./semispace-wasm.js"],
  // A style sheet that a shadow root adopts: our policy allows no inline style element.
  loader: { ".css": "text" },
  logLevel: "warning",
});

await writeFile(new URL("generated/lessons.json", import.meta.url), JSON.stringify(await readChapters()));
