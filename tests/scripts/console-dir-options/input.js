const deep = { a: { b: { c: { d: 1 } } } }
console.dir(deep)
console.dir(deep, { depth: 0 })
console.dir(deep, { depth: null })
console.dir({ hidden: 1, [Symbol('s')]: 2 }, { showHidden: false })
console.dir('text')
console.dir([1, , 3])
console.log('%o and %O', [1, { a: 2 }], { b: { c: { d: {} } } })
