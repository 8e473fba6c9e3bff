class AppError extends Error { constructor(m, o) { super(m, o); this.name = this.constructor.name; this.when = 'now' } get short() { return this.name[0] } }
class DbError extends AppError { constructor(q, ...r) { super('query failed: ' + q, ...r); this.q = q } }
const e = new DbError('SELECT', { cause: new RangeError('inner') })
console.log(e.name, e.message, e.short, e.cause.name, e instanceof AppError, String(e), Object.keys(e), JSON.stringify(e))
console.log(e.stack.split('\n')[0], e.toString === Error.prototype.toString)
const re = e => { try { throw e } catch ({ name, message, ...rest }) { return [name, message, rest] } }; console.log(re(e), re({ name: 'plain', x: 1 }), re('s'))

console.log(Object.prototype.toString.call(e), Error('no new') instanceof Error, Error.prototype.name, Error.prototype.message === '', new Error(123).message, new Error(null).message, new Error(undefined).message === '')
try { null.x } catch (err) { err.message += ' (extra)'; console.log(err.message, err.stack.split('\n')[0]) }
const agg = new AggregateError([e, new Error('two')], 'both', { cause: 0 }); console.log(agg.errors.length, agg.cause, agg.name, Object.keys(agg))
