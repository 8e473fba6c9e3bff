console.log({ a: { b: { c: { d: 1 } } } }, [[[[1]]]], { a: [{ b: [{ c: 1 }] }] }, [[[]]], { a: { b: { c: {} } } }, { a: { b: { c: [] } } })
console.log({ f() { }, g: () => { }, h: function () { }, i: class { }, j: class K extends Array { }, k: Math.max, l: async () => { }, m: function* gen() { } })
console.log({ 'a-b': 1, 2: 2, 'ok_1$': 3, 'with space': 4, '': 5, 'é': 6, class: 7, 'q\'s': 8 })
console.log({}, [], [{}], { a: {} }, [[]], { a: [] }, Object.create({ x: 1 }))
