function throttle(fn, ms) { var last = -Infinity; return function () { var now = Date.now(); if (now - last >= ms) { last = now; return fn.apply(this, arguments) } } }
function debounce(fn, ms) { var t; return function () { var self = this, args = arguments; clearTimeout(t); t = setTimeout(function () { fn.apply(self, args) }, ms) } }
function once(fn) { var done = false, r; return function () { return done ? r : (done = true, r = fn.apply(this, arguments)) } }
var hits = 0, o = { n: 1, save: debounce(function (x) { console.log('saved', x, this.n) }, 50), tick: throttle(function () { hits++ }, 100) }
for (var i = 0; i < 5; i++) setTimeout(function (i) { o.save(i); o.tick() }, i * 10, i)
setTimeout(function () { o.save('later'); o.tick(); console.log('hits', hits) }, 300)
var init = once(function (x) { console.log('init', x); return x * 2 })
console.log(init(4), init(9))
function compose() { var fns = [].slice.call(arguments); return function (x) { return fns.reduceRight(function (acc, f) { return f(acc) }, x) } }
console.log(compose(function (x) { return x + 1 }, function (x) { return x * 2 })(5))
function curry(f) { return function c() { var a = [].slice.call(arguments); return a.length >= f.length ? f.apply(null, a) : function () { return c.apply(null, a.concat([].slice.call(arguments))) } } }
console.log(curry(function (a, b, c) { return a + b + c })(1)(2)(3), curry(function (a, b) { return a * b })(3, 4))
