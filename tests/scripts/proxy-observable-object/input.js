// An old favourite: an object that tells of each change.
const changes = []
const watch = (o, path = '') => new Proxy(o, {
  get(t, k, r) { const v = Reflect.get(t, k, r); return typeof v === 'object' && v !== null ? watch(v, path + String(k) + '.') : v },
  set(t, k, v, r) { changes.push(`${path}${String(k)}=${JSON.stringify(v)}`); return Reflect.set(t, k, v) },
  deleteProperty(t, k) { changes.push(`delete ${path}${String(k)}`); return delete t[k] },
  has(t, k) { return k[0] !== '_' && k in t },
  ownKeys(t) { return Reflect.ownKeys(t).filter(k => k[0] !== '_') },
})
const state = watch({ user: { name: 'a' }, list: [1], _secret: 1 })
state.user.name = 'b'; state.list.push(2); state.count = 0; state.count++; delete state.user.name; Object.assign(state, { z: 1 })
console.log(changes)
console.log('_secret' in state, 'list' in state, Object.keys(state), JSON.stringify(state), { ...state })
const readOnly = new Proxy({}, { set() { return false } })
readOnly.a = 1; console.log(readOnly.a, (() => { 'use strict'; try { readOnly.a = 1 } catch (e) { return e.message } })())
const { proxy, revoke } = Proxy.revocable({ a: 1 }, {}); revoke()
try { proxy.a } catch (e) { console.log(e.message) }
const fn = new Proxy(function (a) { return a }, { apply: (t, self, args) => t(...args) * 2, construct: (t, args) => ({ made: args }) })
console.log(fn(21), new fn(1, 2), typeof fn, fn.length)
const negative = a => new Proxy(a, { get: (t, k, r) => Reflect.get(t, typeof k === 'string' && k < 0 ? t.length + +k : k, r) })
console.log(negative([1, 2, 3])[-1], Array.isArray(negative([])), negative([1, 2]).length)
