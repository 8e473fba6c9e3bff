// A queue: messages come in at the tail and leave at the head.

class Message {
  constructor(id) { this.id = id; this.next = null; }
}

function used() { return process.memoryUsage().heapUsed; }

function pump(cutLinks) {
  let head = new Message(0), tail = head;
  // The first message grows old before it is dropped.
  gc({ type: "minor" });
  gc({ type: "minor" });
  for (let id = 1; id <= 40000; id++) {
    const message = new Message(id);
    tail.next = message;
    tail = message;
    const dropped = head;
    head = head.next;
    if (cutLinks) dropped.next = null;
  }
  // Everything but the newest message is garbage now.
  gc({ type: "minor" });
  gc({ type: "minor" });
}

gc();
for (const cutLinks of [false, true]) {
  const before = used();
  pump(cutLinks);
  const afterScavenges = used() - before;
  gc();
  const afterFullGc = used() - before;
  console.log(cutLinks ? "links cut: " : "links kept:", afterScavenges > 500000 ? "piles up" : "stays small",
    "then", afterFullGc > 500000 ? "still there" : "gone after a full GC");
}
