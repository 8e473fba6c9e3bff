// yield* in an asynchronous generator: what next, throw and return do inside and outside of it.
const log = (...a) => console.log(...a)
async function* inner(name) {
  try { log(name, 'got', yield 1); log(name, 'got', yield 2); return 'end ' + name }
  finally { log(name, 'finally'); await null; log(name, 'cleaned') }
}
async function* outer() { try { log('result', yield* inner('a')) } catch (e) { log('caught', e.message) } finally { log('outer finally') } return 'outer' }
const over = (iterator) => ({ [Symbol.asyncIterator]: () => iterator })
async function main() {
  let g = outer(); log(await g.next('x'), await g.next('y'), await g.next('z'))
  g = outer(); log(await g.next()); log(await g.return('early')); log(await g.next())
  g = outer(); log(await g.next()); log(await g.throw(new Error('bad'))); log(await g.next())
  let i = 0
  async function* plain() { yield* over({ next: async () => ({ value: i++, done: false }) }) }
  g = plain(); log(await g.next(), await g.return(Promise.resolve('r')), await g.next())
  g = plain(); await g.next(); try { await g.throw(new Error('no throw')) } catch (e) { log(e.name, e.message) }
  async function* closing() {
    try {
      yield* over({ next() { return { value: 7, done: false } }, get return() { log('get return'); return async (v) => { log('returned', v); return { value: 'closed', done: true } } } })
    } finally { log('end') }
  }
  g = closing(); log(await g.next()); log(await g.return('v'))
  g = closing(); log(await g.next()); try { await g.throw(1) } catch (e) { log(e.message) }
  async function* rejected() { try { yield 1; log('not reached') } catch (e) { log('rejected return:', e.message); yield 'handled' } }
  g = rejected(); await g.next(); log(await g.return(Promise.reject(new Error('boom')))); log(await g.next())
  async function* bad() { yield* over({ next() { return 'no' } }) }
  try { await bad().next() } catch (e) { log(e.message) }
  async function* sync() { yield* [1, Promise.resolve(2)]; yield* new Set(['s']) }
  const seen = []; for await (const v of sync()) seen.push(v); log(seen)
}
main()
