class Point {
  constructor(x, y) { this.x = x; this.y = y }
  add(o) { return new Point(this.x + o.x, this.y + o.y) }
  toString() { return `(${this.x}, ${this.y})` }
  static origin() { return new this(0, 0) }
  get length() { return Math.hypot(this.x, this.y) }
}
const p = new Point(3, 4)
console.log(p, `${p.add(p)}`, Point.origin(), p.length, p.constructor === Point, typeof Point, Point.name, Point.length)
console.log(Object.getOwnPropertyNames(Point.prototype), Object.keys(Point.prototype))
try { Point() } catch (e) { console.log(e.name + ': ' + e.message) }
try { new (p.add)() } catch (e) { console.log(e.name + ': ' + e.message) }
