var Module = (function () {
  var privateCount = 0
  function bump() { privateCount++ }
  return { inc: function () { bump(); return this }, count: function () { return privateCount } }
})()
console.log(Module.inc().inc().count())
var self = this, out = []
for (var i = 0; i < 3; i++) (function (n) { out.push(function () { return n }) })(i)
console.log(out.map(function (f) { return f() }))
function Stack() { if (!(this instanceof Stack)) return new Stack(); this.items = [] }
Stack.prototype = { constructor: Stack, push: function (x) { this.items.push(x); return this }, get size() { return this.items.length } }
console.log(Stack().push(1).push(2).size, Stack())
