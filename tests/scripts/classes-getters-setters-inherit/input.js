class Temp {
  #c = 0
  get celsius() { return this.#c } set celsius(v) { if (typeof v !== 'number') throw new TypeError('number please'); this.#c = v }
  get fahrenheit() { return this.#c * 9 / 5 + 32 } set fahrenheit(f) { this.celsius = (f - 32) * 5 / 9 }
  static from(f) { const t = new this(); t.fahrenheit = f; return t }
  static get zero() { return new this() }
}
class Loud extends Temp { get celsius() { return super.celsius + '!' } set celsius(v) { super.celsius = v + 1 } }
const t = Temp.from(212); console.log(t.celsius, t.fahrenheit, Temp.zero.celsius)
const l = new Loud(); l.celsius = 9; console.log(l.celsius, l.fahrenheit, Loud.zero.constructor.name)
try { t.celsius = 'x' } catch (e) { console.log(e.message) }
const d = Object.getOwnPropertyDescriptor(Temp.prototype, 'celsius'); console.log(typeof d.get, typeof d.set, d.enumerable, d.configurable, d.get.name)
class RO { get v() { return 1 } } const r = new RO(); try { 'use strict'; r.v = 2 } catch (e) { console.log(e.message) }
console.log(r.v, Object.keys(t), JSON.stringify(t))
