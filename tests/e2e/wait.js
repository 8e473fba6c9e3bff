// Waiting for what will come, however slow the machine is.
import { setTimeout as sleep } from "node:timers/promises";

/** Reads again and again until `test` holds for what was read, and returns that: no machine is too slow for it. */
export async function until(read, test, timeout = 20_000) {
  const deadline = Date.now() + timeout;
  for (;;) {
    const value = await read();
    if (test(value)) return value;
    if (Date.now() > deadline) throw new Error(`after ${timeout} ms it is still ${JSON.stringify(value)}`);
    await sleep(50);
  }
}

/** What is read once it stays the same for 300 ms. */
export async function settled(read) {
  let last;
  let times = 0;
  return until(read, (value) => {
    times = value === last ? times + 1 : 0;
    last = value;
    return times === 6;
  });
}
