// Asynchronous functions and chains of promises.
let sum = 0;
const cache = [];
async function load(i) {
  await null;
  return { id: i, body: 'row ' + i };
}
async function worker(from) {
  for (let i = from; i < from + 600; i++) {
    const row = await load(i);
    const length = await Promise.resolve(row).then((r) => r.body.length).then((n) => n + 1);
    sum += length;
    cache.push(row);
    if (cache.length > 5000) cache.shift();
  }
}
(async () => {
  for (let round = 0; round < 6; round++) {
    const workers = [];
    for (let w = 0; w < 50; w++) workers.push(worker(round * 100000 + w * 1000));
    await Promise.all(workers);
  }
  console.log(sum, cache.length);
})();
