class T { static #i = 0; static get next() { return ++T.#i } static set reset(v) { T.#i = v } }
console.log(T.next, T.next, (T.reset = 10, T.next))
class U { get [`dyn${1}`]() { return 'd' } static ['m' + 2]() { return 'm2' } *gen() { } async am() { } }
console.log(new U().dyn1, U.m2(), Object.getOwnPropertyNames(U.prototype))
