// Writes the first snippet, as text, into the shell of the built page: it is there before any program is.
import { readFile, writeFile } from "node:fs/promises";

const PLACE = "<!-- snippet -->";

const page = `${process.env.TRUNK_STAGING_DIR}/index.html`;
const snippet = await readFile(new URL("../static/snippets/sessions.js", import.meta.url), "utf8");
const text = snippet.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const html = await readFile(page, "utf8");
if (!html.includes(PLACE)) throw new Error(`${page} has no place for the snippet: ${PLACE}`);
await writeFile(page, html.replace(PLACE, () => text));
