function* inner() { try { const x = yield 'i1'; console.log('got', x); yield 'i2' } catch (e) { console.log('inner caught', e); yield 'recovered' } finally { console.log('inner finally') } return 'inner result' }
function* outer() { const r = yield* inner(); console.log('result', r); yield* [1, 2]; return 'end' }
let g = outer(); console.log(g.next(), g.next('hello'), g.next(), g.next(), g.next(), g.next())
g = outer(); console.log(g.next(), g.throw('boom'), g.next(), g.next())
g = outer(); console.log(g.next(), g.return('stop'), g.next())
try { g = inner(); g.throw(new Error('before start')) } catch (e) { console.log(e.message) }
function* self() { try { it.next() } catch (e) { console.log(e.name, e.message) } yield 1 }
const it = self(); it.next()
console.log([...(function* () { yield* (function* () { yield 1; yield* [2, 3] })(); yield 4 })()])
console.log(Object.prototype.toString.call(inner), inner.prototype.constructor, g[Symbol.toStringTag])
