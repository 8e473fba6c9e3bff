for (const E of [Error, TypeError, RangeError, SyntaxError, ReferenceError, EvalError, URIError]) { const e = new E('m'); console.log(e.name, e.message, String(e), e instanceof Error, Object.prototype.toString.call(e), E.name, E('x') instanceof E, E.length, Object.keys(e)) }
console.log(String(new Error), String(new Error('')), new Error(undefined).hasOwnProperty('message'), new Error('c', { cause: 'why' }).cause, 'cause' in new Error('x'))
const e = new Error('msg'); e.name = 'Custom'; console.log(e + '', typeof e.stack, e.stack.split('\n')[0])
console.log(Error.prototype.toString.call({ name: 'N', message: 'M' }), Error.prototype.toString.call({}), Object.getPrototypeOf(TypeError) === Error)
const ag = new AggregateError([1, new Error('z')], 'many'); console.log(ag.errors.length, ag.message, ag.name)
