class A { constructor() { } }
class B extends A { constructor() { } }
class C extends A { constructor() { this.x = 1; super() } }
class D extends A { constructor() { super(); super() } }
class E extends A { constructor() { return { r: 1 } } }
class F extends A { constructor() { super(); return 5 } }
for (const K of [B, C, D, E, F]) try { console.log(new K()) } catch (e) { console.log(e.name + ': ' + e.message) }
try { class X extends undefined { } } catch (e) { console.log(e.message) }
try { class X extends 5 { } } catch (e) { console.log(e.message) }
class N extends null { static s() { return 'ok' } }
console.log(N.s(), Object.getPrototypeOf(N.prototype))
try { new N } catch (e) { console.log(e.name + ': ' + e.message) }
