const o = { b: 1, a: [2] }
console.log(Object.keys(o), Object.values(o), Object.entries(o), Object.fromEntries([['x', 1], ['y', 2]]))
console.log(Object.assign({ z: 0 }, o, null, { b: 5 }, 'hi'), Object.is(NaN, NaN), Object.is(0, -0), Object.is('a', 'a'))
console.log(Object.getOwnPropertyNames('ab'), Object.keys([4, 5]), Object.entries('ab'))
console.log(Object.create({ p: 1 }, { q: { value: 2, enumerable: true } }), Object.hasOwn(o, 'a'), Object.hasOwn(o, 'toString'))
console.log(new Object(), Object(1), Object('s'), Object(null), typeof Object(1))
console.log(Object.getOwnPropertyDescriptors({ get a() { return 1 }, b: 2 }))
for (const f of [Object.keys, Object.getPrototypeOf, Object.assign]) try { f(null) } catch (e) { console.log(e.message) }
try { Object.fromEntries([1]) } catch (e) { console.log(e.message) }
try { Object.create(1) } catch (e) { console.log(e.message) }
