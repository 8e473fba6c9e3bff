// Bundles the page's own modules and the npm parts into www/generated, from where trunk copies them.
import { build } from "esbuild";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

await build({
  absWorkingDir: here,
  entryPoints: ["src/boot.js", "src/editor.js", "src/timeline.js", "src/worker.js"],
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
