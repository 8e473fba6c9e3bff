function named(a) { } const anon = (() => function () { })(); const arrow = () => { }; async function af() { } function* gf() { } async function* agf() { }
console.log(named, anon, (() => () => { })(), arrow, af, gf, agf, class A { }, class { }, class A extends Object { }, Math.max, Symbol, Array)
named.prop = 1; named.nested = { a: 1 }; console.log(named, [named], { named })
const o = Object.assign(() => { }, { x: 1 }); console.log(o)
Object.defineProperty(arrow, 'name', { value: '' }); console.log(arrow)
console.log(named.bind(1), (function () { }).bind())
