// A private method is one function for all instances; accessors and super in it too.
class A {
  #m() { return 1 }
  get #g() { return this.x }
  set #g(v) { this.x = v }
  static #s() { return 's' }
  async #a() { return 'a' }
  *#gen() { yield 2 }
  static run() { return A.#s() + new A().#m() }
  same(o) { return [this.#m === o.#m, this.#a === o.#a, this.#gen === o.#gen] }
  go() { this.#g = 4; return this.#g }
  names() { return [this.#m.name, this.#a.name, this.#gen.name, [...this.#gen()]] }
  write() { try { this.#m = 1 } catch (e) { return e.message } }
}
console.log(new A().same(new A()), new A().go(), A.run(), new A().names(), new A().write())
class B extends A { #m() { return super.go() + 1 } two() { return [this.#m(), this.#m === new B().#m] } field = this.#m() }
console.log(new B().two(), new B().field)
function make() { return class { #p() {} get p() { return this.#p } } }
const C = make(), D = make()
console.log(new C().p === new C().p, new C().p === new D().p)
