function F() { return new.target === F ? 'unused' : 'called' }
console.log(F(), typeof new F())
function G() { this.t = new.target === G }
console.log(new G().t)
class A { constructor() { this.n = new.target.name } }
class B extends A { }
console.log(new A().n, new B().n)
