// Does with an instrumented engine what visitors do, and prints the indices of the functions that have run: a list
// after each stage: a widget with a simple lesson, the page's first visit, all lessons.
// `node www/train.js GLUE WASM COMMANDS`: wasm-bindgen's module, the engine (see xtask/src/split), and the page's commands.
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { readChapters } from "./lessons.js";

/** Before a function's index in the name of the global that tells whether it has run. */
const MARK = "ran:";
/** Chapters of lessons whose functions every widget has from the start. */
const OFTEN = ["New space", "Old space"];
/** Turns after which a run of the page has shown what it needs. */
const TURNS = 400;
const SLICE = 100_000;
const SLICES = 3000;

const [glue, wasm, commands] = process.argv.slice(2);
const { initSync, setPartLoader, loadPart, Engine, Playground } = await import(pathToFileURL(resolve(glue)));
const exports = initSync({ module: await readFile(wasm) });

// The loader itself, and how it fails, must be there before any part is.
setPartLoader(() => {
  throw new Error("no such part");
});
ask(() => loadPart(0));
setPartLoader(() => {});
loadPart(0);

const chapters = await readChapters();
const stages = [
  () => chapters.filter(({ title }) => OFTEN.includes(title)).forEach(({ lessons }) => lessons.forEach(runWidget)),
  async () => visitPage(JSON.parse(await readFile(commands, "utf8"))),
  () => chapters.forEach(({ lessons }) => lessons.forEach(runWidget)),
];
const ran = [];
for (const stage of stages) {
  await stage();
  ran.push(functionsThatRan());
}
console.log(JSON.stringify(ran));

function functionsThatRan() {
  const ran = Object.entries(exports).filter(([name, global]) => name.startsWith(MARK) && global.value === 1);
  return ran.map(([name]) => Number(name.slice(MARK.length)));
}

/** The page's worker. */
function visitPage(messages) {
  const engine = new Engine();
  engine.started();
  for (const message of messages) {
    engine.handle(Uint8Array.from(message));
    for (let turn = 0; turn < TURNS && engine.wantsTurn(); turn++) {
      engine.pauseBeforeTurn();
      engine.turn();
    }
    void [engine.virtualMs, engine.writtenCount];
    ask(() => engine.allocationSites());
  }
  engine.slabs();
  engine.free();
}

/** A refusal is an answer too. */
function ask(question) {
  try {
    question();
  } catch {
    // Nothing is made of answers here.
  }
}

/** A widget's worker: all that its session calls. */
function runWidget({ source, options }) {
  const playground = new Playground({ source, ...options });
  playground.picture(false);
  playground.step("line");
  playground.resume();
  for (let slice = 0; slice < SLICES && playground.run(SLICE).kind === "paused"; slice++) show(playground, true);
  playground.pause();
  show(playground, false);
  playground.scavenge();
  playground.collect();
  show(playground, false);
  playground.slabs();
  playground.writtenSnapshots();
  playground.free();
}

function show(playground, isRunning) {
  playground.picture(isRunning);
  playground.stats();
  playground.occupancy();
  playground.events();
  playground.output();
}
