// What the array-like methods of streams refuse, in which order they call, and how a signal ends them.
const { Readable } = require('stream')
const log = (...values) => console.log(...values)
const numbers = () => Readable.from([1, 2, 3, 4, 5])

async function refused() {
  const calls = {
    map: () => numbers().map(1), mapConcurrency: () => numbers().map((x) => x, { concurrency: 0 }),
    mapText: () => numbers().map((x) => x, { concurrency: 'Infinity' }), mapMark: () => numbers().map((x) => x, { highWaterMark: -1 }),
    mapOptions: () => numbers().map((x) => x, 1), filterSignal: () => numbers().filter((x) => x, { signal: true }),
    takeNegative: () => numbers().take(-1), dropOptions: () => numbers().drop(1, 1), dropText: () => numbers().drop('cat'),
    iterator: () => numbers().iterator(42),
  }
  for (const name of Object.keys(calls)) {
    try { calls[name](); log(name, 'is taken') } catch (error) { log(name, error.code, error.message) }
  }
  const promises = {
    forEach: () => numbers().forEach(1), toArray: () => numbers().toArray(1), some: () => numbers().some(1), find: () => numbers().find(1),
    every: () => numbers().every(1), reduce: () => numbers().reduce(1), empty: () => Readable.from([]).reduce((a, b) => a + b),
  }
  for (const name of Object.keys(promises)) await promises[name]().catch((error) => log(name, error.code, error.message))
}

async function ordered() {
  const wait = (time) => new Promise((resolve) => setTimeout(resolve, time))
  let running = 0, most = 0
  const slowFirst = async (n) => {
    most = Math.max(most, ++running)
    await wait(20 - 3 * n)
    running--
    return n * 10
  }
  log(await numbers().map(slowFirst, { concurrency: 3 }).toArray(), most)
  most = 0
  log(await numbers().filter(async (n) => { await wait(1); return n % 2 }).toArray())
  log(await numbers().flatMap((n) => [n, n]).take(5).toArray())
  log(await numbers().drop(2).asIndexedPairs().toArray())
  log(await numbers().take(NaN).toArray(), await numbers().drop(Infinity).toArray())
  log(await numbers().reduce((a, b) => a + b), await numbers().reduce((a, b) => a + b, 100))
  log(await numbers().some((n) => n > 4), await numbers().every((n) => n < 5), await numbers().find((n) => n > 2))
  await numbers().forEach(async (n, { signal }) => { if (n === 1) log(signal.aborted) })
}

async function ended() {
  const failing = numbers().map((n) => { if (n === 3) throw new Error('three'); return n })
  const seen = []
  await failing.forEach((n) => { seen.push(n) }).catch((error) => log(error.message, seen))
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 5)
  await numbers().map(() => new Promise((resolve, reject) => {
    controller.signal.addEventListener('abort', () => reject(controller.signal.reason), { once: true })
  }), { signal: controller.signal }).toArray().catch((error) => log(error.name, error.code))
  const done = AbortSignal.abort()
  await numbers().toArray({ signal: done }).catch((error) => log('toArray', error.name))
  await numbers().take(1, { signal: done }).toArray().catch((error) => log('take', error.name))
  await numbers().reduce((a, b) => a + b, 0, { signal: done }).catch((error) => log('reduce', error.name))
  const left = numbers()
  for await (const n of left) { log(n); break }
  await new Promise(setImmediate)
  log(left.destroyed)
  const kept = numbers()
  for await (const n of kept.iterator({ destroyOnReturn: false })) { log(n); break }
  log(kept.destroyed, (await kept.toArray()).length)
  function* closing() { try { while (true) yield 'a' } finally { log('closed') } }
  for await (const _ of Readable.from(closing())) break
  await new Promise(setImmediate)
}

(async () => {
  for (const part of [refused, ordered, ended]) {
    log(`-- ${part.name}`)
    await part()
  }
})()
