function memoize(fn) {
  var cache = {}
  return function () {
    var key = JSON.stringify(Array.prototype.slice.call(arguments))
    if (!(key in cache)) { memoize.misses++; cache[key] = fn.apply(this, arguments) }
    return cache[key]
  }
}
memoize.misses = 0
var fib = memoize(function (n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) })
console.log(fib(80), memoize.misses)
var area = memoize(function (w, h) { return w * h })
console.log(area(2, 3), area(2, 3), area(3, 2), memoize.misses)
