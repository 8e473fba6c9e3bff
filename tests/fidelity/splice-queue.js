// Arrays as queues and lists: shift, splice, unshift, concat, slice, map and filter.
let queue = [];
let done = 0;
for (let i = 0; i < 60000; i++) {
  queue.push({ id: i, parts: [i, i + 1, i + 2] });
  if (i % 7 === 0) queue.unshift({ id: -i, parts: [] });
  if (queue.length > 3000) {
    done += queue.shift().id & 1;
    if (i % 50 === 0) {
      const removed = queue.splice(100, 40);
      done += removed.filter((job) => job.id % 2 === 0).length;
    }
  }
  if (i % 100 === 0) queue = queue.slice(0, 2500).concat(queue.slice(2500).map((job) => ({ id: job.id, parts: job.parts })));
}
console.log(queue.length, done);
