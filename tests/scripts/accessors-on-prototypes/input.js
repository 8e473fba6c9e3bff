function Temp() { this._c = 0 }
Object.defineProperty(Temp.prototype, 'f', { get: function () { return this._c * 9 / 5 + 32 }, set: function (v) { this._c = (v - 32) * 5 / 9 }, enumerable: true, configurable: true })
Temp.prototype.__defineGetter__('k', function () { return this._c + 273.15 })
var t = new Temp(); t.f = 212
console.log(t._c, t.f, t.k, t.hasOwnProperty('f'), t.__lookupGetter__('k') === Temp.prototype.__lookupGetter__('k'), t)
for (var key in t) console.log(key)
var o = Object.create(t, { own: { value: 1, enumerable: true }, hidden: { value: 2 } })
o.f = 32; console.log(o._c, t._c, Object.keys(o), o.propertyIsEnumerable('hidden'))
o.own = 5; console.log(o.own); (function () { 'use strict'; try { o.own = 5 } catch (e) { console.log(e.message) } try { o.k = 1 } catch (e) { console.log(e.message) } })()
Object.defineProperty(o, 'f', { value: 'shadow', writable: true, configurable: true }); o.f = 'plain'; console.log(o.f, delete o.f, o.f)
console.log(Object.getOwnPropertyDescriptor(Temp.prototype, 'k').enumerable, Object.entries({ get a() { return 1 } }), { ...{ get a() { return 2 } } }, Object.assign({}, { get b() { return 3 } }))
var frozen = Object.freeze({ nested: { a: 1 } }); frozen.nested.a = 2; frozen.x = 1; delete frozen.nested; console.log(frozen, Object.isFrozen(frozen), Object.isSealed(Object.seal({})), Object.isFrozen('x'))
