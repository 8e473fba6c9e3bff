class Even { static [Symbol.hasInstance](n) { return n % 2 === 0 } }
console.log(2 instanceof Even, 3 instanceof Even)
class Stack extends Array { static get [Symbol.species]() { return Array } }
const s = Stack.from([1, 2, 3])
console.log(s instanceof Stack, s.map(x => x) instanceof Stack, s.length, s)
const money = { [Symbol.toPrimitive](hint) { return hint === 'string' ? '$5' : hint === 'number' ? 5 : 'default' } }
console.log(`${money}`, +money, money + '', money * 2, [money].join())
console.log([1].concat({ length: 1, 0: 'x', [Symbol.isConcatSpreadable]: true }), Object.prototype.toString.call({ get [Symbol.toStringTag]() { return 'Custom' } }))
console.log('aXb'.split({ [Symbol.split](str) { return ['split', str] } }), 'q'.replace({ [Symbol.replace]: (s, r) => s + r }, '!'))
console.log(Symbol.for('k') === Symbol.for('k'), Symbol.keyFor(Symbol.for('k')), Symbol('d').description, Symbol().description)
try { Symbol() + '' } catch (e) { console.log(e.message) }
try { new Symbol() } catch (e) { console.log(e.message) }
console.log(Object(Symbol.iterator) == Symbol.iterator, JSON.stringify({ [Symbol('x')]: 1, y: Symbol('z') }), Array.prototype[Symbol.unscopables].flat)
