var Counter = (function () {
  var count = 0, listeners = []
  function notify() { for (var i = 0; i < listeners.length; i++) listeners[i](count) }
  return {
    up: function () { count++; notify(); return this },
    down: function () { count--; notify(); return this },
    on: function (f) { listeners.push(f); return this },
    get value() { return count }
  }
})()
var seen = []
Counter.on(function (c) { seen.push(c) }).up().up().down()
console.log(Counter.value, seen, Counter.count)
;(function (root, factory) { root.Lib = factory() })(this, function () { return { version: '1' } })
console.log(this.Lib.version, module.exports.Lib.version, exports === this)
