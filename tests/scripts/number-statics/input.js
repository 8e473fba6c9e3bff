console.log(Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, Number.EPSILON, Number.MAX_VALUE, Number.MIN_VALUE, Number.POSITIVE_INFINITY)
console.log(Number.isInteger(5), Number.isInteger(5.5), Number.isInteger('5'), Number.isSafeInteger(2 ** 53), Number.isNaN('x'), isNaN('x'), Number.isFinite('5'), isFinite('5'), isFinite(Infinity), Number.parseFloat === parseFloat)
console.log(new Number(5) + 1, typeof new Number(5), new Number(5) == 5, (5).constructor === Number, new Number(7).valueOf(), 5..toString(), 1.0.toFixed(1))
try { Number.prototype.toString.call('x') } catch (e) { console.log(e.message) }
console.log((1234567.891).toLocaleString(), (0).toLocaleString(), (-1234.5).toLocaleString(), (1e6).toLocaleString('en-US'))
