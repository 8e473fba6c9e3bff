const { a, b: { c: [, d = 'dflt', ...rest] = [] } = {}, ...others } = { a: 1, b: { c: [1, undefined, 3, 4] }, x: 1, y: 2 }
console.log(a, d, rest, others)
let x, y, z; [x, [y = 5, z] = [undefined, 6]] = [1]; console.log(x, y, z);
[x, y] = [y, x]; console.log(x, y); ({ x, y: z = 10, ...y } = { x: 3, q: 4 }); console.log(x, y, z)
const f = ({ a = 1, b: { c = 2 } = {} } = {}, [d, ...e] = 'xyz', ...[g, h]) => [a, c, d, e, g, h]; console.log(f(), f({ a: 9, b: { c: 8 } }, [1, 2], 'g', 'h'))
const key = 'k', { [key]: v1, [`${key}2`]: v2 = 'none' } = { k: 'v' }; console.log(v1, v2)
for (const { p, q = p * 2 } of [{ p: 1 }, { p: 2, q: 0 }]) console.log(p, q)
const m = new Map([['one', { n: 1 }]]); for (const [k, { n }] of m) console.log(k, n)
const { length, 0: first, [1]: second } = 'str'; console.log(length, first, second); const { toFixed } = 1; console.log(typeof toFixed)
try { const { p } = null } catch ({ name, message }) { console.log(name, message) } const o = {}; [o.a, o['b'], ...o.c] = [1, 2, 3, 4]; console.log(o);
[{ a: o.d, ...o.e }, [o.f]] = [{ a: 'A', z: 'Z' }, ['F']]; console.log(o); const fn = function ({ length }) { return length }; console.log(fn([1, 2]), fn.length, (({ a }, b = 1) => { }).length)
const g2 = function* () { try { yield 1; yield 2; yield 3 } finally { console.log('closed') } }; const [first1] = g2(); const [...all] = g2(); const [, , third] = g2(); console.log(first1, all, third)
const { anon = () => { }, named = function nm() { }, K = class { } } = {}; console.log(anon.name, named.name, K.name); const [, , ,] = [1, 2, 3]; const {} = {}; var { w = w2 } = { w: 1 }; var w2; console.log(w)
const swap = ([a, b]) => [b, a]; console.log(swap(swap([1, 2]))); const { a: { b: deep } = { b: 'fallback' } } = { a: undefined }; console.log(deep); console.log((({ a: { b } }) => b)({ a: { b: 'nested' } }))
