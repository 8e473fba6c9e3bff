// Where a widget's snippet comes from: what stands inside the element, or a lesson of the site.
import { LESSONS } from "semispace:lessons";

/** The snippet inside an element: a `<script type="text/plain">`, or the plain code that a page without scripts shows. */
export function inlineSource(host) {
  const holder = host.querySelector(':scope > script[type="text/plain"]') ?? host.querySelector("pre code, pre");
  return holder ? dedent(holder.textContent) : null;
}

/** Text without the empty lines around it and without the indentation that all its lines have. */
function dedent(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/^(?:[ \t]*\n)+|\s+$/g, "").split("\n");
  const indentations = lines.filter((line) => line.trim() !== "").map((line) => /^[ \t]*/.exec(line)[0].length);
  const common = Math.min(...indentations, Infinity);
  return lines.map((line) => line.slice(Math.min(common, line.length))).join("\n");
}

/** The lesson with this name: `{ title, question, view, options, source, says, picture }`, the picture as the text of an SVG. */
export async function lessonOf(name) {
  if (!Object.hasOwn(LESSONS, name)) throw new Error(`There is no lesson named ${name}.`);
  try {
    return (await LESSONS[name]()).default;
  } catch (error) {
    throw new Error(`The lesson ${name} cannot be loaded: ${error.message}.`);
  }
}
