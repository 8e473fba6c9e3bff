const Serializable = Base => class extends Base { serialize() { return JSON.stringify(this) } }
const Eventful = Base => class Eventful extends Base { constructor(...a) { super(...a); this.handlers = {} } on(n, f) { (this.handlers[n] ??= []).push(f); return this } fire(n, ...a) { return (this.handlers[n] ?? []).map(f => f(...a)) } }
class Point { constructor(x, y) { this.x = x; this.y = y } }
class Fancy extends Serializable(Eventful(Point)) { constructor(x, y) { super(x, y); this.z = 0 } toString() { return `F(${this.x},${this.y})` } }
const f = new Fancy(1, 2).on('a', v => v + 1).on('a', v => v * 2)
console.log(f.fire('a', 10), f.fire('none'), `${f}`, f.serialize())
console.log(f instanceof Point, Object.getPrototypeOf(Fancy).name, Object.getPrototypeOf(Object.getPrototypeOf(Fancy)).name, f)
const copy = Object.assign(Object.create(Object.getPrototypeOf(f)), f); console.log(copy instanceof Fancy, copy !== f, copy.x)
Object.assign(Point.prototype, { norm() { return Math.hypot(this.x, this.y) } }); console.log(new Fancy(3, 4).norm())
console.log(class { static name2 = 'x' }.name, (class A { static name = 'own' }).name, new (class { constructor() { return [1] } })())
