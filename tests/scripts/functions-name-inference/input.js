const a = () => { }, b = function () { }, c = class { }
let { d = () => { } } = {}
const o = { e: () => { }, f() { }, ['g' + 1]: () => { }, get h() { return 1 } }
console.log(a.name, b.name, c.name, d.name, o.e.name, o.f.name, o.g1.name)
let x; x = () => { }; console.log(x.name, (() => { }).name === '')
