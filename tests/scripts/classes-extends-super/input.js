class A { constructor(n) { this.n = n } hi() { return 'A' + this.n } static make(n) { return new this(n) } get g() { return 'gA' } }
class B extends A { constructor(n) { super(n * 2); this.m = n } hi() { return 'B' + super.hi() } get g() { return super.g + 'B' } static make(n) { return super.make(n + 1) } }
class C extends B { }
const b = new B(2), c = C.make(3)
console.log(b, b.hi(), b.g, c, c.hi(), c instanceof A, Object.getPrototypeOf(C) === B, C.name)
class D extends B { constructor(...a) { const f = () => super(...a); f(); this.d = () => super.hi() } }
console.log(new D(1).d(), new D(5))
