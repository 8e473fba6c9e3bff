// Every answer is cached, none is ever thrown away.

const cache = {};

function render(url) {
  if (cache[url]) return cache[url];
  const page = { url, html: "<h1>" + url + "</h1>", at: Date.now() };
  cache[url] = page;
  return page;
}

for (let visit = 1; visit <= 60000; visit++) {
  render("/user/" + visit); // nobody comes twice
  if (visit % 15000 === 0) {
    gc();
    const mb = process.memoryUsage().heapUsed / 1048576;
    console.log(`${visit} visits, ${mb.toFixed(1)} MB after a full GC`);
  }
}
