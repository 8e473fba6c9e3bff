let calls = 0; const next = () => ++calls
function f(a = next(), b = a * 10, c = () => a + b) { a = 100; return [a, b, c()] } console.log(f(), f(5), f(undefined, 1), calls)
const x = 'outer'; function g(a = x) { var x = 'inner'; return [a, x] } console.log(g())
function h(a, b = function () { return a }) { a = 2; return b() } console.log(h(1)); function k({ a = 1, b } = { b: 2 }, [c = 3] = []) { return [a, b, c] } console.log(k(), k({}), k({ a: 9 }, [8]))
function l(a, b = a, c = arguments.length) { return [a, b, c, arguments.length] } console.log(l(1), l(1, 2, 3), l.length, ((a, b = 1, c) => { }).length, ((...r) => { }).length)
function m(f = () => m2) { var m2 = 'no'; try { return f() } catch (e) { return e.name } } const th = (a = (() => { throw new Error('default threw') })()) => a; try { th() } catch (e) { console.log(e.message) } console.log(th(0))
function n(a = this.v, b = new.target) { return [a, b] } console.log(n.call({ v: 1 })); class D { constructor(a = this, b = new.target === D) { console.log(a === this, b) } } new D()
function o(a = eval1, eval1 = 2) { return a } try { o() } catch (e) { console.log(e.name) } function q(a, b = a++, c = a) { return [a, b, c] } console.log(q(1)); const r = ({ n = r.length } = {}) => n; console.log(r())
console.log((function (a, b = 2) { 'hi'; return a + b })(1), (async (a = 1) => a)() instanceof Promise, [...(function* (a = 3) { yield a })()])
