const { a, b: renamed, c = 3, d: { e = 4, ...more } = {}, ...rest } = { a: 1, b: 2, d: { f: 5 }, g: 6, h: 7 }
console.log(a, renamed, c, e, more, rest)
const k = 'dyn'; const { [k]: v, [k + 2]: w = 'def' } = { dyn: 'D' }; console.log(v, w)
let x, y; ({ x, y: [y] } = { x: 1, y: [2] }); console.log(x, y)
const { length } = 'hello'; console.log(length)
for (const f of [() => { const { a } = null }, () => { const { a } = undefined }, () => { const { a: { b } } = {} }, () => { (({ a }) => a)() }, () => { const {} = null }]) try { f() } catch (e) { console.log(e.message) }
