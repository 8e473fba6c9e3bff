class A { } class B { constructor() { this.x = 1 } } class C extends B { y = [1] }
console.log(new A, new B, new C, [new A], { b: new B }, A, C, [A, C], Object.create(B.prototype), Object.create(null), Object.create(Object.create(null)))
const n = Object.create(null); n.a = 1; console.log(n, { n }, Object.assign(Object.create({ constructor: B }), { z: 1 }))
class D { get [Symbol.toStringTag]() { return 'Tag' } } console.log(new D, { [Symbol.toStringTag]: 'T' })
function Old() { this.v = 1 } console.log(new Old, Old, new (function () { this.q = 1 }), new (class { z = 1 }))
const F = function () { }; F.prototype = { hi: 1 }; console.log(new F)
class S { static a = 1; static m() { } } console.log(S, class extends A { }, { S }, [S])
B.prototype.constructor = undefined; console.log(new B)
