const o = { *g() { yield this.v }, v: 7 }; class C { *[Symbol.iterator]() { yield* [1, 2] } static *s() { yield 's' } }
console.log([...o.g()], [...new C], [...C.s()])
function* fib() { let [a, b] = [0, 1]; for (; ;) { yield a;[a, b] = [b, a + b] } } const it = fib(); const out = []; for (let i = 0; i < 10; i++) out.push(it.next().value); console.log(out)
function* tree(t) { if (t) { yield* tree(t.l); yield t.v; yield* tree(t.r) } } console.log([...tree({ v: 2, l: { v: 1 }, r: { v: 3 } })])
function* args(a, b = a) { yield arguments.length; yield a + b } console.log([...args(1)], [...args(1, 2)])
