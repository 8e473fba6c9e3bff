// Events by hand: slice.call(arguments, 1) and apply for each of them.
function Emitter() { this.handlers = {}; }
Emitter.prototype.on = function (name, fn) { (this.handlers[name] || (this.handlers[name] = [])).push(fn); return this; };
Emitter.prototype.emit = function (name) { var args = Array.prototype.slice.call(arguments, 1), list = this.handlers[name]; if (!list) return false; for (var i = 0; i < list.length; i++) list[i].apply(this, args); return true; };
Emitter.prototype.off = function (name, fn) { this.handlers[name] = (this.handlers[name] || []).filter(function (h) { return h !== fn; }); return this; };
var e = new Emitter(), sum = 0;
for (var i = 0; i < 5; i++) (function (k) { e.on('data', function (a, b) { sum += a * k + b; }); })(i);
e.on('chain', function (n) { if (n > 0) this.emit('chain', n - 1); else sum++; });
for (var r = 0; r < 60000; r++) { e.emit('data', r, 1); if (r % 100 === 0) e.emit('chain', 50); var h = function () {}; if (r % 10 === 0) { e.on('tmp', h); e.off('tmp', h); } }
console.log(String(sum));
