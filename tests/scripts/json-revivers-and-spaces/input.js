console.log(JSON.stringify({ a: [1, { b: 2 }], c: 'x' }, null, 2))
console.log(JSON.stringify([1, [2]], null, '--'), JSON.stringify({ a: 1, b: 2, c: { a: 3, d: 4 } }, ['a', 'c']), JSON.stringify({}, null, 4), JSON.stringify([], null, 4))
console.log(JSON.stringify({ u: undefined, f() {}, s: Symbol('s'), n: null, nan: NaN, inf: Infinity, d: new Date(0), nested: { toJSON(k) { return 'json:' + k } } }))
console.log(JSON.stringify([undefined, () => {}, Symbol('x')]), JSON.stringify(undefined), JSON.stringify('\u2028"\\\u0007\ud800'), JSON.stringify({ 'k"': 1 }))
console.log(JSON.stringify({ a: 1, b: [1, 2] }, (k, v) => typeof v === 'number' ? v * 10 : v), JSON.stringify([new Number(3), new String('s'), new Boolean(false), Object(1)]))
console.log(JSON.parse('{"a":[1,2,{"b":null}],"__proto__":1}', function (k, v) { return Array.isArray(v) ? v.length : v }), JSON.parse(' [1 , 2 ] '), JSON.parse('"\\u0041\\n"'))
console.log(JSON.parse('[1,2,3]', (k, v) => k === '1' ? undefined : v), JSON.parse('-0'), JSON.parse('1e3'), JSON.parse('{"a":1,"a":2}').a)
for (const bad of ['', '{', '[1,]', "{'a':1}", '01', '1.', 'nul', '"\n"', '{"a" 1}', '[1 2]', 'undefined']) { try { JSON.parse(bad) } catch (e) { console.log(e.name, e.message) } }
const c = { name: 'c' }; c.self = c; try { JSON.stringify(c) } catch (e) { console.log(e.message) }
