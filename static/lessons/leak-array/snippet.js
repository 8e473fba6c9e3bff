// leak.js, as many articles have it: an array at the top
// of a module that only ever grows.

const leakArray = [];

function leak() {
  leakArray.push("leak" + Math.random());
}

let calls = 0;
const timer = setInterval(() => {
  for (let i = 0; i < 5000; i++) leak();
  calls += 1;
  if (calls === 8) clearInterval(timer);
  if (calls % 2 === 0) {
    gc();
    const mb = process.memoryUsage().heapUsed / 1048576;
    console.log(`${leakArray.length} strings, ${mb.toFixed(1)} MB`);
  }
}, 100);
