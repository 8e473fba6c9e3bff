const t = f => { try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) } }
let u, o = { a: { b: 5 }, n: null }, arr = [1], k = 'key'
t(() => u()); t(() => o()); t(() => o.f()); t(() => o.a.b()); t(() => o.n()); t(() => arr[0]()); t(() => o[k]()); t(() => o['x y']()); t(() => (1, 2)()); t(() => 5()); t(() => 'str'()); t(() => o.a.b.c.d())
t(() => new u); t(() => new o.a); t(() => new (() => 1)); t(() => new 5); t(() => new o.a.b(1)); t(() => (function () { return 1 })()()); t(() => o.f`x`); t(() => arr.foo(1)); t(() => 'abc'.foo()); t(() => (5).bar()); t(() => [].x()); t(() => ({}).y()); t(() => null()); t(() => this.zz()); t(() => o?.f()); t(() => Math.foo()); t(() => console.nope())
