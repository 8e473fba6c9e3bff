const util = require('util')
const e = new Error('top', { cause: new TypeError('inner') })
e.code = 'E_CODE'
const first = text => text.split('\n').filter(line => !line.includes(' at ') && !line.includes('stack trace')).join('\n')
console.log(first(util.inspect(e)))
class MyError extends Error { constructor(m) { super(m); this.name = 'MyError'; this.data = { a: 1 } } }
console.log(first(util.inspect(new MyError('custom'))))
const noStack = new Error('plain'); noStack.stack = 'replaced stack'
console.log(noStack, [noStack])
const none = new Error('x'); delete none.stack; none.stack = undefined
console.log(util.inspect(none))
console.log(first(util.inspect(new AggregateError([new Error('one')], 'many'))))
