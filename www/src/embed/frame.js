// embed.html, for places that take an iframe and no script. The fragment of its address says what it shows: `run=` as in the
// full page's links, or `lesson=`, and then the widget's attributes, as in `#lesson=scavenge&view=heap,log&height=240`.
//
// With `origin=https://docs.example` it talks with the page around it, if that page has this origin, and with nobody else:
//
//   out  { type: "semispace-resize", height }              the height that it needs, in CSS pixels
//   out  { type: "semispace-run" | "semispace-gc" | "semispace-snapshot" | "semispace-error", detail }
//   in   { type: "semispace-call", id, method, argument }  a method of the widget
//   out  { type: "semispace-answer", id, answer } or { type: "semispace-answer", id, error: { code, message } }
import { runOf } from "../link.js";
import { OBSERVED } from "./attributes.js";
import { Host } from "./host.js";
import "./semispace.js";

const EVENTS = ["semispace-run", "semispace-gc", "semispace-snapshot", "semispace-error"];
const METHODS = ["run", "pause", "step", "scavenge", "collect", "reset", "takeSnapshot"];
/** A link's sizes, and the attributes that mean the same. */
const SIZES = { maxOldSpace: "max-old-space-size", maxSemiSpace: "max-semi-space-size", minSemiSpace: "min-semi-space-size" };

const options = new URLSearchParams(location.hash.slice(1));
const theme = options.get("theme");
if (theme) document.documentElement.dataset.theme = theme;

try {
  show(await widgetOf(options));
} catch (error) {
  const problem = document.createElement("p");
  problem.className = "problem";
  problem.textContent = `This address is damaged: ${error.message.replace(/\.+$/, "")}.`;
  document.body.append(problem);
}

async function widgetOf(options) {
  const widget = document.createElement("semispace-playground");
  for (const name of [...OBSERVED, "autoplay", "speed", "theme"]) {
    const value = options.get(name);
    if (value !== null) widget.setAttribute(name, value);
  }
  const work = await runOf(location.hash);
  if (!work) return widget;
  if (work.profile) widget.setAttribute("profile", work.profile);
  if (work.seed !== undefined) widget.setAttribute("seed", work.seed);
  for (const [key, name] of Object.entries(SIZES)) if (work[key] !== undefined) widget.setAttribute(name, work[key]);
  const holder = document.createElement("script");
  holder.type = "text/plain";
  holder.textContent = work.source;
  widget.append(holder);
  return widget;
}

function show(widget) {
  document.body.append(widget);
  const host = Host.of(options.get("origin"));
  if (!host) return;
  for (const name of EVENTS) widget.addEventListener(name, ({ detail }) => host.post({ type: name, detail }));
  new ResizeObserver(() => host.post({ type: "semispace-resize", height: Math.ceil(widget.getBoundingClientRect().height) })).observe(widget);
  host.listen("semispace-call", async ({ id, method, argument }) => {
    try {
      if (!METHODS.includes(method)) throw new Error(`The widget has no method ${method}.`);
      host.post({ type: "semispace-answer", id, answer: await widget[method](argument) });
    } catch ({ code = "ERR_WIDGET", message }) {
      host.post({ type: "semispace-answer", id, error: { code, message } });
    }
  });
}
