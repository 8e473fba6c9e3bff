// Two closures of one function share one context. What one
// of them uses, the other keeps alive.

function makeReader(log) {
  const text = "x".repeat(20) + Math.random();
  const lines = new Array(1000).fill(text);
  const unused = function () { return lines; }; // never called
  return function () { return log.length; };    // uses `log` only
}

function makeLeanReader(log) {
  const lines = new Array(1000).fill("y" + Math.random());
  const count = lines.length; // used here, not in a closure
  return function () { return log.length + count; };
}

function measure(make) {
  gc();
  const before = process.memoryUsage().heapUsed;
  const readers = [];
  for (let i = 0; i < 500; i++) readers.push(make([]));
  gc();
  const each = (process.memoryUsage().heapUsed - before) / readers.length;
  return each > 8000 ? "keeps its lines" : "keeps nothing else";
}

console.log("makeReader:     each reader", measure(makeReader));
console.log("makeLeanReader: each reader", measure(makeLeanReader));
