// A request allocates, answers, and forgets.
// Only the last hundred answers are kept.

const recent = [];

function handle(id) {
  const request = { id, url: "/item/" + id, headers: { host: "example.org" } };
  const answer = { id: request.id, length: request.url.length };
  recent[id % 100] = answer;
}

for (let id = 0; id < 60000; id++) handle(id);

const bytes = process.memoryUsage().heapUsed;
console.log(`${recent.length} answers kept, ${(bytes / 1048576).toFixed(1)} MB in use`);
