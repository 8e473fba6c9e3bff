// The bytes of a Buffer lie outside of V8's heap.

const kept = [];

function row(what) {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const mb = (bytes) => (bytes / 1048576).toFixed(1).padStart(7) + " MB";
  console.log(what.padEnd(14), "heapUsed", mb(heapUsed), " external", mb(external), " arrayBuffers", mb(arrayBuffers));
}

row("at the start");
for (let i = 1; i <= 5; i++) {
  kept.push(Buffer.alloc(40 * 1048576));
  row(`${i * 40} MB`);
}

kept.length = 0;
gc();
row("after gc()");
