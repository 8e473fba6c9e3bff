const log = console.log
async function* count(n) { try { for (let i = 0; i < n; i++) { log('yielding', i); const got = yield i; if (got) log('got', got) } return 'end' } finally { log('closing') } }
;(async () => {
  const g = count(3)
  log(await Promise.all([g.next(), g.next('a'), g.next('b'), g.next('c'), g.next('d')]))
  const h = count(5)
  log(await h.next(), await h.return('early'), await h.next())
  const k = count(2); await k.next()
  try { await k.throw(new Error('boom')) } catch (e) { log(e.message) }
  log(await k.next())
  const s = count(1); log(await s.return('never started'), await s.next())
  async function* deleg() { const r = yield* count(2); log('r', r); yield* [10, Promise.resolve(20)] }
  for await (const v of deleg()) log('v', v)
  log(Object.prototype.toString.call(g), count.constructor.name, typeof g[Symbol.asyncIterator], g[Symbol.asyncIterator]() === g)
})()
