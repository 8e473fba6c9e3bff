// A simulation driven by a binary heap of events.
class Event {
  constructor(time, kind, payload) {
    this.time = time;
    this.kind = kind;
    this.payload = payload;
  }
}
const heap = [];
function push(event) {
  let at = heap.length;
  heap.push(event);
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (heap[parent].time <= event.time) break;
    heap[at] = heap[parent];
    at = parent;
  }
  heap[at] = event;
}
function pop() {
  const first = heap[0], last = heap.pop();
  if (heap.length > 0) {
    let at = 0;
    for (;;) {
      let child = 2 * at + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && heap[child + 1].time < heap[child].time) child++;
      if (heap[child].time >= last.time) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
  }
  return first;
}
const ROUNDS = 400000;
let seed = 42, handled = 0;
function random(n) {
  seed = (seed * 16807) % 2147483647;
  return seed % n;
}
for (let i = 0; i < 30000; i++) push(new Event(random(100000), i % 3, { from: i, to: i + 1 }));
for (let i = 0; i < ROUNDS; i++) {
  const event = pop();
  handled += event.kind;
  push(new Event(event.time + random(100000), (event.kind + 1) % 3, { from: event.payload.to, to: i }));
}
console.log(handled);
