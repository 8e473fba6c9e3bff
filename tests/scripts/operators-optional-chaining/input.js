const o = { a: { b: { c: 1 }, f() { return this.b } }, n: null }
console.log(o?.a?.b?.c, o.x?.y.z.w, o.n?.x, o.a.f?.(), o.a.g?.(), o.x?.[0], o['a']?.['b'])
console.log(o.a?.f().c, (o.x?.y) === undefined, delete o.a?.b, delete o.zz?.b, o.a)
let n = 0
null?.[n++]; undefined?.f(n++)
console.log(n)
try { o.x?.y; o.x.y } catch (e) { console.log(e.message) }
try { (o.x?.y).z } catch (e) { console.log(e.message) }
