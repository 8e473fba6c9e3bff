var util = require('util'), EventEmitter = require('events').EventEmitter
function Stream() { EventEmitter.call(this); this.chunks = [] }
util.inherits(Stream, EventEmitter)
Stream.prototype.write = function (c) { this.chunks.push(c); this.emit('data', c, this.chunks.length); return this }
Stream.prototype.end = function () { var self = this; process.nextTick(function () { self.emit('end') }) }
var s = new Stream(); s.on('data', function (c, n) { console.log('data', c, n, this === s) }).once('data', function () { console.log('first only') }).on('end', function () { console.log('end', this.chunks.join('')) })
s.write('a').write('b').end(); console.log(Stream.super_ === EventEmitter, s instanceof EventEmitter, s.listenerCount('data'), util.inspect(s).split('\n')[0])
s.on('newListener', function (n) { console.log('new', n) }); s.on('x', function () { }); s.on('removeListener', function (n) { console.log('removed', n) }); s.removeAllListeners('x'); console.log(s.eventNames()); try { s.on('bad', 5) } catch (e) { console.log(e.code, e.message) }
console.log(util.format('%s %d %i %f %j %o %O %%', 'str', '42', 3.9, '1.5', { a: 1 }, [1], { b: 2 }), util.format('no', 'args', 1), util.format('%s', null, undefined), util.format(1, 2, '3'), util.format('%s', Symbol('q')), util.format('%x', 1), util.format('%s %s', 'one'))
console.log(util.isArray([]), util.types.isRegExp(/a/), util.isDeepStrictEqual({ a: [1, { b: 2 }] }, { a: [1, { b: 2 }] }), util.isDeepStrictEqual([1], ['1']), util.inspect(new Map([[{ a: 1 }, 'b']]), { depth: 0 })); util.promisify(function (x, cb) { cb(null, x + 1) })(1).then(function (v) { console.log('promisified', v) }); util.promisify(setTimeout)(1).then(function () { console.log('slept') }); util.callbackify(async function (x) { return x * 2 })(4, function (e, v) { console.log('cb', e, v) })
