// The same cache, but the oldest entry makes room.

const LIMIT = 500;
const cache = new Map();

function render(url) {
  const known = cache.get(url);
  if (known) {
    cache.delete(url); // used again: to the end of the queue
    cache.set(url, known);
    return known;
  }
  const page = { url, html: "<h1>" + url + "</h1>", at: Date.now() };
  cache.set(url, page);
  if (cache.size > LIMIT) cache.delete(cache.keys().next().value);
  return page;
}

for (let visit = 1; visit <= 60000; visit++) {
  render("/user/" + visit);
  if (visit % 15000 === 0) {
    gc();
    const mb = process.memoryUsage().heapUsed / 1048576;
    console.log(`${visit} visits, ${mb.toFixed(1)} MB after a full GC`);
  }
}
