class A { #x = 1; #m() { } get #g() { return 1 } static set(o) { o.#x = 1 } static call(o) { o.#m() } static setm(o) { o.#m = 1 } static setg(o) { o.#g = 1 } }
for (const f of [() => A.set({}), () => A.call({}), () => A.setm(new A), () => A.setg(new A)]) try { f() } catch (e) { console.log(e.name + ': ' + e.message) }
