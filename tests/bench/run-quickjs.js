// Runs one program on QuickJS in WebAssembly (quickjs-emscripten), with a console.log that knows words and numbers.
import { readFileSync } from "node:fs";
import { getQuickJS } from "quickjs-emscripten";

const quickjs = await getQuickJS();
const context = quickjs.newContext();
const log = context.newFunction("log", (...words) => {
  process.stdout.write(words.map((word) => context.getString(word)).join(" ") + "\n");
});
const consoleObject = context.newObject();
context.setProp(consoleObject, "log", log);
context.setProp(context.global, "console", consoleObject);

const result = context.evalCode(readFileSync(process.argv[2], "utf8"), "program.js");
if (result.error) throw new Error(JSON.stringify(context.dump(result.error)));
const jobs = context.runtime.executePendingJobs();
if (jobs.error) throw new Error(JSON.stringify(context.dump(jobs.error)));
process.exit();
