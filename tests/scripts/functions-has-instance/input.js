const has = Function.prototype[Symbol.hasInstance]
console.log(has.call(Array, []), has.call(Array, {}), has.call({}, []), has.name, has.length)
class Even { static [Symbol.hasInstance](n) { return n % 2 === 0 } }
console.log(2 instanceof Even, 3 instanceof Even, has.call(Even, new Even()), [].map.length, Array.from.length, [].reduce.length, new Map().forEach.length)
const Bound = Even.bind(null); console.log(new Even() instanceof (class {}), (() => {}) instanceof Function, has.call(Date.bind(), new Date()))
console.log(Object.getOwnPropertyDescriptor(Function.prototype, Symbol.hasInstance).writable)
try { ({}) instanceof ({ [Symbol.hasInstance]: 1 }) } catch (e) { console.log(e.message) }
try { ({}) instanceof ({}) } catch (e) { console.log(e.message) }
