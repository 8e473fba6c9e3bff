// A producer that is faster than its consumer.

const queue = [];
let produced = 0, consumed = 0;

const producer = setInterval(() => {
  for (let i = 0; i < 300; i++) queue.push({ id: produced++, body: "payload " + produced });
}, 10);

const consumer = setInterval(() => {
  for (let i = 0; i < 200 && queue.length > 0; i++) {
    queue.shift();
    consumed++;
  }
}, 10);

const report = setInterval(() => {
  gc();
  const mb = process.memoryUsage().heapUsed / 1048576;
  console.log(`waiting ${queue.length}, ${mb.toFixed(1)} MB`);
}, 250);

setTimeout(() => [producer, consumer, report].forEach(clearInterval), 1010);
