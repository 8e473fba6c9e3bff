const o = { a: { b: [1, { c: 0 }], f() { return this.b.length } }, n: null, z: 0, e: '' }
console.log(o?.a?.b?.[1]?.c, o.x?.y.z.deep, o.n?.[Symbol.iterator](), o.a.f?.(), o.missing?.(), o.a?.['f'](), delete o?.a?.zzz, delete o.x?.y)
console.log(o.z ?? 'd', o.z || 'd', o.e ?? 'd', o.n ?? 'd', o.x ?? o.y ?? 'last', (o.n || undefined) ?? 1)
o.q ??= 5; o.q ??= 6; o.z ||= 7; o.e &&= 8; o.a &&= 'replaced'; console.log(o)
let calls = 0; const get = () => { calls++; return null }
console.log(get()?.x[calls++], calls, get()?.[calls++], calls, (get() ?? { v: 1 }).v)
try { o.missing.deep } catch (e) { console.log(e.message) }
try { o.n.f() } catch (e) { console.log(e.message) }
try { o?.a.x.y } catch (e) { console.log(e.message) }
try { null?.x; undefined.y } catch (e) { console.log(e.message) }
console.log(1?.5:0, ((a, b = a ?? 'none') => b)(), new (class { #p = 1; t(x) { return x?.#p } })().t(null))
