const log = console.log
const source = { from: 1, to: 4, [Symbol.asyncIterator]() { let i = this.from; return { next: async () => ({ value: i, done: i++ > this.to }), return: async () => { log('return called'); return {} } } } }
;(async () => {
  for await (const x of source) { if (x === 3) break; log(x) }
  outer: for (const a of [1, 2]) for await (const b of source) { if (b === 2) continue outer; log(a, b) }
  try { for await (const x of source) throw new Error('body') } catch (e) { log(e.message) }
  try { for await (const x of [Promise.reject(new Error('item'))]) log(x) } catch (e) { log(e.message) }
  for await (const [k, v] of new Map([['a', Promise.resolve(1)]])) log(k, v)
  for await (const { a, b = 2 } of [{ a: 1 }]) log(a, b)
  try { for await (const x of 5) ; } catch (e) { log(e.message) }
  try { for await (const x of {}) ; } catch (e) { log(e.message) }
  for await (let x of 'ab') { x += '!'; log(x) }
  async function find() { for await (const x of source) if (x === 2) return 'found ' + x }
  log(await find())
})()
