const log = (...a) => console.log(...a)
async function f1() { } async function f2() { return 1 } async function f3() { return Promise.resolve(2) } async function f4() { return { then(r) { r('thenable') } } }
async function f5() { throw 'thrown' } const f6 = async x => x * 2, f7 = async ({ a }, [b] = [1]) => a + b
class K { async m() { return this.v } v = 'field'; static async s() { return 'static' } async *g() { yield 1 } }
const o = { async m() { return 'obj' }, async ['c' + 1]() { return 'computed' } }
;(async () => {
  log(await f1(), await f2(), await f3(), await f4(), await f6(4), await f7({ a: 1 }), await new K().m(), await K.s(), await o.m(), await o.c1())
  try { await f5() } catch (e) { log(e) }
  log(f1() instanceof Promise, Object.prototype.toString.call(f1()), f1.constructor.name, f6.prototype, typeof K.prototype.m.prototype)
  log(await 5, await null, await await 6, (await Promise.resolve([1]))[0], await (async () => 'iife')())
  const x = await f2() + await f3() * await 10; log(x)
  log(await (await Promise.resolve(async () => 7))())
})()
