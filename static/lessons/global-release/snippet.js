// A global is a root. Two ways to let go of what it holds.

function fill() {
  const list = [];
  for (let i = 0; i < 50000; i++) list.push({ i });
  return list;
}

function used() {
  gc();
  return process.memoryUsage().heapUsed;
}

const start = used();
const state = () => (used() - start > 1000000 ? "held" : "released");

global.first = fill();
global.second = fill();
console.log("both globals set:", state());

delete global.first; // the property goes, and its value with it
console.log("first deleted:", state());

global.second = undefined; // the property stays, its value goes
console.log("second reassigned:", state());
console.log("first" in global, "second" in global);
