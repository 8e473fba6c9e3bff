class A {
  a = 1; b = this.a + 1; ['c' + 1] = 3; 'quoted d' = 4; e; static s = 's'; static t = A.s + this.s; f = () => this.a; 7 = 'seven'
}
const a = new A
console.log(a, A.s, A.t, a.f(), new A().f !== a.f, Object.keys(a))
class B extends A { a = 10; g = super.toString === Object.prototype.toString }
console.log(new B(), new B().b, new B().f())
