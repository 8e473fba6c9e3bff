const wait = (ms, v) => new Promise(r => setTimeout(r, ms, v))
const fail = (ms, m) => new Promise((_, r) => setTimeout(() => r(new Error(m)), ms))
async function outer() {
  try { await inner() } catch (e) { console.log('outer caught', e.message); throw new TypeError('rethrown', { cause: e }) } finally { console.log('outer finally') }
}
async function inner() { try { await fail(5, 'deep') } finally { await wait(1); console.log('inner finally') } }
outer().catch(e => console.log(e.name, e.message, e.cause.message))
;(async () => {
  const results = []
  for (const x of [1, 2, 3]) results.push(await wait(3 - x, x * 2))
  console.log(results, await Promise.all([1, 2, 3].map(async x => { await wait(4 - x); return x })))
  try { await Promise.all([wait(5), fail(1, 'one'), fail(2, 'two')]) } catch (e) { console.log(e.message) }
  console.log((await Promise.allSettled([fail(1, 'x'), 2])).map(r => r.status + ':' + (r.value ?? r.reason.message)))
  console.log(await Promise.race([wait(5, 'slow'), wait(1, 'fast')]), await Promise.any([fail(1, 'n'), wait(2, 'any')]))
  try { await Promise.any([fail(1, 'a'), fail(2, 'b')]) } catch (e) { console.log(e.constructor.name, e.errors.map(x => x.message)) }
})()
