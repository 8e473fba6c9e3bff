class A {}
class B extends A { static x = 1 }
class C extends null {}
console.log(A, B, C, class {}, class extends A {})
console.log(new A(), new B(), [new A()], { a: new B() })
console.log(Object.create(A.prototype), A.prototype, B.prototype)
function Old() { this.v = 1 }
Old.prototype.m = function () {}
console.log(new Old(), Old, Old.prototype)
function Sub() { Old.call(this) }
Sub.prototype = Object.create(Old.prototype)
console.log(new Sub())
Sub.prototype.constructor = Sub
console.log(new Sub())
console.log(Object.create(null), Object.create({}), Object.create(Object.create(null)))
class Tagged { get [Symbol.toStringTag]() { return 'T' } }
console.log(new Tagged(), Object.create(Tagged.prototype))
console.log({ [Symbol.toStringTag]: 'Mine', a: 1 })
