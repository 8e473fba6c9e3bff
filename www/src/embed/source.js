// Where a widget's snippet comes from: what stands inside the element, or a lesson of the site.
import { addressOf } from "./base.js";

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

/** Lessons that are being fetched or are there: the widgets of a page share them. */
const lessons = new Map();

/** The lesson with this name: `{ title, question, view, options, source, says }`, and `picture` as the text of an SVG. */
export function fetchLesson(name) {
  if (!lessons.has(name)) {
    const lesson = load(name);
    lesson.catch(() => lessons.delete(name));
    lessons.set(name, lesson);
  }
  return lessons.get(name);
}

async function load(name) {
  if (!/^[\w-]+$/.test(name)) throw new Error(`There is no lesson named ${name}.`);
  const [lesson, picture] = await Promise.all([get(`${name}.json`, name), get(`${name}.svg`, name)]);
  return { ...JSON.parse(lesson), picture };
}

async function get(file, name) {
  const address = addressOf(`lessons/${file}`);
  const response = await fetch(address).catch((error) => {
    throw new Error(`The lesson ${name} cannot be fetched from ${address.origin}: ${error.message}. Is there such a lesson, and does this page's Content-Security-Policy allow it (connect-src)?`);
  });
  if (!response.ok) throw new Error(response.status === 404 ? `There is no lesson named ${name}.` : `The lesson ${name} cannot be fetched: ${response.status}.`);
  return response.text();
}
