console.log(new Number(5), new String('abc'), new Boolean(false), Object(Symbol('b')), new Number(-0), [new String('x')], Object.assign(new Number(1), { p: 1 }), Object.assign(new String('ab'), { p: 1 }))
console.log(globalThis === this, this, Math, JSON, (function () { return arguments })(1, 'a'), [null, undefined], new (class extends Array { })(3), Object.freeze({ a: 1 }), typeof Math)
console.log(typeof process.version)
