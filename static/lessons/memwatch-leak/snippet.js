// memwatch looks at the heap after each full collection. Five times in a row larger: it says "leak".

const memwatch = require("memwatch-next");

memwatch.on("stats", ({ num_full_gc, current_base }) => {
  console.log(`full GC ${num_full_gc}: ${(current_base / 1048576).toFixed(2)} MB are left`);
});
memwatch.on("leak", ({ growth, reason }) => console.log(`LEAK: ${growth} bytes: ${reason}`));

const sessions = [];

function visit() {
  for (let i = 0; i < 5000; i++) sessions.push({ id: i, data: "session " + i });
}

let round = 0;
const timer = setInterval(() => {
  if (round < 6) visit(); // the leak
  if (round === 6) sessions.length = 0; // repaired
  gc();
  if (++round === 9) clearInterval(timer);
}, 60000);
