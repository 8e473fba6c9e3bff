const log = []
const make = n => ({ [Symbol.iterator]() { let i = 0; return { next() { log.push('next'); return { value: i++, done: i > n } }, return(v) { log.push('return'); return {} } } } })
for (const x of make(5)) { if (x === 1) break }
const [a, b] = make(5)
const [c, ...rest] = make(2)
try { for (const x of make(3)) throw new Error('body') } catch (e) { log.push(e.message) }
outer: for (const x of make(2)) for (const y of make(2)) continue outer
console.log(log.join(' '))
function* g() { try { yield 1; yield 2 } finally { console.log('cleanup') } }
for (const x of g()) { console.log(x); break }
const it = g(); it.next(); console.log(it.return('early'), it.next())
try { const [z] = 5 } catch (e) { console.log(e.message) }
try { new Map([1]) } catch (e) { console.log(e.message) }
try { for (const x of { [Symbol.iterator]() { return 1 } }); } catch (e) { console.log(e.message) }
console.log(Math.max(...make(3)[Symbol.iterator] ? make(3) : []), [...'a😀'], Array.from(new Set([1, 1, 2])))
