console.log({ l1: { l2: { l3: { l4: 1 } }, arr: [[[[]]]], m: new Map([[{ a: { b: 1 } }, { c: { d: 1 } }]]), s: new Set([[[1]]]) } })
console.log([[[{}]]], [[[{ a: 1 }]]], [[[new Map]]], [[[class A { }]]], [[[new (class Foo { x = 1 })]]], [[[Object.create(null)]]], [[[() => { }]]])
