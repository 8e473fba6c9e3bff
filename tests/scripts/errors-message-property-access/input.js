const t = f => { try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) } }
let u, n = null, o = { p: {} }, i = 3, s = 'str'
t(() => u.x); t(() => n.x); t(() => u[0]); t(() => u[i]); t(() => n['a b']); t(() => o.q.r); t(() => o.p.q.r); t(() => o.q[s])
t(() => { u.x = 1 }); t(() => { n.x = 1 }); t(() => { u[0] = 1 }); t(() => { o.q.r = 1 }); t(() => { u[i] += 1 })
t(() => delete u.x); t(() => u.x()); t(() => o.q.r()); t(() => { for (const x of u); }); t(() => u[Symbol('d')]); t(() => u[{}])
t(() => undefined.foo); t(() => null.foo); t(() => (void 0).foo)
