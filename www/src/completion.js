// What the editor offers to complete: names in scope, words and shapes of the language, and what our engine has beside it.
// Loaded when somebody first puts the caret into the editor: a visit that only runs what is there needs none of it.
import { autocompletion, completeFromList, ifNotIn, snippetCompletion } from "@codemirror/autocomplete";
import { localCompletionSource } from "@codemirror/lang-javascript";
import { language } from "./language.js";

/** Names that a person of a heap looks for. */
const GLOBALS = [
  ["gc", "gc() collects the whole heap; gc({ type: 'minor' }) scavenges"],
  ["process.memoryUsage()", "rss, heapTotal, heapUsed, external, arrayBuffers"],
  ["console.log()", "prints to the Console tab"],
  ["setTimeout", "virtual time: nothing waits"],
  ["setImmediate", ""],
  ["require", ""],
  ["Buffer.alloc()", ""],
  ["WeakMap", ""],
  ["WeakRef", ""],
  ["FinalizationRegistry", ""],
].map(([label, detail]) => ({ label, detail, type: "variable" }));

const WORDS =
  "async await break case catch const continue default delete do else extends false finally in instanceof let new null of return static super switch this throw true typeof undefined var void while yield"
    .split(" ")
    .map((label) => ({ label, type: "keyword" }));

const SHAPES = [
  ["for", "loop", "for (let ${i} = 0; ${i} < ${count}; ${i}++) {\n\t${}\n}"],
  ["for", "of", "for (const ${item} of ${list}) {\n\t${}\n}"],
  ["function", "", "function ${name}(${parameters}) {\n\t${}\n}"],
  ["class", "", "class ${Name} {\n\tconstructor(${parameters}) {\n\t\t${}\n\t}\n}"],
  ["if", "block", "if (${condition}) {\n\t${}\n}"],
  ["try", "catch", "try {\n\t${}\n} catch (${error}) {\n\t${}\n}"],
].map(([label, detail, template]) => snippetCompletion(template, { label, detail, type: "keyword" }));

/** Where no word of the language can stand. */
const ELSEWHERE = ["TemplateString", "String", "RegExp", "LineComment", "BlockComment", "VariableDefinition", "Label", "PropertyDefinition", "PropertyName", "PrivatePropertyName", "."];

function completeGlobals(context) {
  const word = context.matchBefore(/[\w.]+/);
  return word || context.explicit ? { from: word?.from ?? context.pos, options: GLOBALS, validFor: /^[\w.]*$/ } : null;
}

const sources = [completeGlobals, localCompletionSource, ifNotIn(ELSEWHERE, completeFromList([...WORDS, ...SHAPES]))];

export const completions = [autocompletion(), ...sources.map((autocomplete) => language.data.of({ autocomplete }))];
