// A small server. Most of what it allocates dies young;
// the cache keeps every tenth session, for ever.

class Session {
  constructor(id) {
    this.id = id;
    this.user = `user-${id}`;
    this.visits = [id, id + 1, id + 2];
  }
}

const cache = new Map();

function handle(id) {
  const session = new Session(id);
  if (id % 10 === 0) cache.set(id, session);
  return session.visits.length;
}

let handled = 0;
for (let id = 0; id < 40000; id++) {
  handled += handle(id);
  if (id % 10000 === 9999) {
    console.log(`${id + 1} requests, ${cache.size} sessions kept`);
  }
}

// Nothing needs the cache any more: press Full GC
// after this line and watch old space empty.
cache.clear();
console.log("done", handled);
