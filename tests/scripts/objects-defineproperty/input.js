const o = {}
Object.defineProperty(o, 'a', { value: 1 })
console.log(o, o.a, Object.keys(o), Object.getOwnPropertyDescriptor(o, 'a'))
o.a = 2
console.log(o.a, delete o.a)
Object.defineProperty(o, 'b', { get() { return 'b!' }, enumerable: true, configurable: true })
console.log(o.b, o)
Object.defineProperties(o, { c: { value: 3, writable: true, enumerable: true }, d: { value: 4, enumerable: true } })
console.log(o, Object.getOwnPropertyNames(o))
try { Object.defineProperty(o, 'a', { value: 2 }) } catch (e) { console.log(e.message) }
try { Object.defineProperty(o, 'e', { get() { }, value: 1 }) } catch (e) { console.log(e.message) }
try { Object.defineProperty(1, 'e', {}) } catch (e) { console.log(e.message) }
try { Object.defineProperty({}, 'e', 5) } catch (e) { console.log(e.message) }
