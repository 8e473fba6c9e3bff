// Extra data about objects that others own.

function measure(table) {
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 20000; i++) {
    const request = { i };                    // dropped right away
    table.set(request, { seen: i, notes: [i] }); // data about it
  }
  gc();
  const bytes = process.memoryUsage().heapUsed - before;
  return bytes > 1500000 ? "still holds everything" : "has let go";
}

const map = new Map();
const weak = new WeakMap();
console.log("Map:    ", measure(map));
console.log("WeakMap:", measure(weak));
console.log("entries in the map:", map.size);
