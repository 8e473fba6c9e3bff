// yield* hands on the inner iterator's own result objects, and what return and throw find missing.
function* list() { const r = yield* [1, 2]; console.log('r', r) }
let g = list(); console.log(g.next(), g.return(5), g.next())
g = list(); g.next(); try { g.throw(new Error('x')) } catch (e) { console.log(e.message) }
const own = { [Symbol.iterator]() { return this }, next() { return { done: false, get value() { console.log('value read'); return 3 }, extra: 1 } } }
function* pass() { yield* own }
g = pass(); const result = g.next(); console.log(Object.keys(result), g.return(9), g.next())
function* bad() { yield* { [Symbol.iterator]: () => ({ next: () => 'no' }) } }
try { bad().next() } catch (e) { console.log(e.message) }
const closing = { [Symbol.iterator]() { return this }, next: () => ({ done: false }), return() { console.log('closed'); return {} } }
function* through() { try { yield* closing } finally { console.log('out') } }
g = through(); g.next(); try { g.throw(1) } catch (e) { console.log(e.message) }
g = through(); g.next(); console.log(g.return('r'))
