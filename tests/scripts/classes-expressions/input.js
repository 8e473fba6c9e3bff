const A = class { m() { return 'anon' } }
const B = class Named extends A { m() { return Named.name + super.m() } }
console.log(new A().m(), new B().m(), A.name, B.name, new (class { x = 1 })(), A, B)
const mix = Base => class extends Base { mixed() { return 'mixed' } }
class C extends mix(A) { }
console.log(new C().mixed(), new C().m())
