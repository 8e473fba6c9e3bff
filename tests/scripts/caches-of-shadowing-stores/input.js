// A store in front of a prototype's property is remembered, until the prototype says otherwise.
function Frozen() {}
Frozen.prototype.x = 1
function setX(o) { o.x = 2; return o.x }
for (let i = 0; i < 50; i++) setX(new Frozen())
Object.freeze(Frozen.prototype)
let o = new Frozen()
console.log(setX(o), Object.keys(o))

function Guarded() {}
Guarded.prototype.y = 1
function setY(o) { o.y = 2; return o.y }
for (let i = 0; i < 50; i++) setY(new Guarded())
Object.defineProperty(Guarded.prototype, 'y', { writable: false })
console.log(setY(new Guarded()))

function Accessed() {}
Accessed.prototype.z = 1
function setZ(o) { o.z = 2; return o.z }
for (let i = 0; i < 50; i++) setZ(new Accessed())
Object.defineProperty(Accessed.prototype, 'z', { set(v) { console.log('set', v) }, get() { return 7 } })
console.log(setZ(new Accessed()))

function Deep() {}
Deep.prototype = Object.create({ w: 1 })
function setW(o) { o.w = 2; return o.w }
for (let i = 0; i < 50; i++) setW(new Deep())
Object.setPrototypeOf(Deep.prototype, { set w(v) { console.log('deep', v) } })
console.log(setW(new Deep()))

// The prototype of a function, read at one place from many.
function P() {}
const read = (f) => f.prototype
for (let i = 0; i < 20; i++) { read(P); read(class Q {}); read(function () {}) }
const before = read(P)
P.prototype = { n: 1 }
console.log(read(P).n, before === read(P), new P().n, read(P).n)
Object.defineProperty(P, 'prototype', { value: { m: 3 } })
console.log(read(P).m, read(() => 1), read(Math.max), read({ prototype: 5 }), read(function* () {}) !== undefined)
