function debounce(fn, wait) {
  var timer
  return function () {
    var self = this, args = arguments
    clearTimeout(timer)
    timer = setTimeout(function () { fn.apply(self, args) }, wait)
  }
}
function throttle(fn, wait) {
  var last = -Infinity, now = 0
  return function (t) { if (t - last >= wait) { last = t; fn(t) } }
}
var log = debounce(function (what) { console.log('debounced', what, this.tag) }, 20)
var o = { tag: 'o', log: log }
o.log('a'); o.log('b'); setTimeout(function () { o.log('c') }, 10); setTimeout(function () { o.log('d') }, 60)
var seen = []; var t = throttle(function (x) { seen.push(x) }, 10)
for (var i = 0; i < 50; i += 3) t(i)
console.log(seen)
