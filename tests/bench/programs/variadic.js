// Old-style functions of any number of arguments: sums, partial application, extending objects.
function sum() { var s = 0; for (var i = 0; i < arguments.length; i++) s += arguments[i]; return s; }
function max() { var m = arguments[0]; for (var i = 1; i < arguments.length; i++) if (arguments[i] > m) m = arguments[i]; return m; }
function extend(target) { for (var i = 1; i < arguments.length; i++) { var s = arguments[i]; for (var k in s) target[k] = s[k]; } return target; }
function partial(fn) { var args = [].slice.call(arguments, 1); return function () { return fn.apply(this, args.concat([].slice.call(arguments))); }; }
function format(f) { var args = arguments, n = 1; return f.replace(/%s/g, function () { return args[n++]; }); }
function pass() { return sum.apply(null, arguments); }
var add5 = partial(sum, 2, 3), total = 0;
for (var i = 0; i < 60000; i++) { total += sum(1, 2, 3, i); total += max(i, 3, 99); total += add5(i); total += pass(i, 1); if (i % 4 === 0) { total += extend({}, { a: 1 }, { b: i, c: 2 }).b; } if (i % 20 === 0) total += format('%s and %s', i, 'b').length; }
console.log(String(total));
