// A queue between a producer and a consumer that is slower. Two protections: refuse what is too much, or give up on
// what has waited too long.

class BoundedQueue {
  constructor({ limit = Infinity, timeout = Infinity }) {
    this.limit = limit;
    this.timeout = timeout;
    this.items = [];
    this.refused = this.timedOut = this.served = 0;
  }
  push(message) {
    if (this.items.length >= this.limit) {
      this.refused++; // refusal mode: the producer hears of it at once
      return false;
    }
    this.items.push({ message, at: Date.now() });
    return true;
  }
  take() {
    while (this.items.length > 0) {
      const { message, at } = this.items.shift();
      if (Date.now() - at <= this.timeout) {
        this.served++;
        return message;
      }
      this.timedOut++; // time-out mode: nobody waits for this answer any more
    }
  }
}

function run(name, options) {
  const queue = new BoundedQueue(options);
  let id = 0, longest = 0;
  const producer = setInterval(() => {
    for (let i = 0; i < 30; i++) queue.push({ id: ++id, body: "payload " + id });
    longest = Math.max(longest, queue.items.length);
  }, 10);
  const consumer = setInterval(() => {
    for (let i = 0; i < 20; i++) queue.take();
  }, 10);
  return new Promise((resolve) => setTimeout(() => {
    clearInterval(producer);
    clearInterval(consumer);
    const { served, refused, timedOut } = queue;
    console.log(`${name}: longest ${longest}, served ${served}, refused ${refused}, timed out ${timedOut}`);
    resolve();
  }, 2005));
}

(async () => {
  await run("no protection", {});
  await run("refusal at 200", { limit: 200 });
  await run("time-out of 50 ms", { timeout: 50 });
})();
