var name = 'outer'
var obj = {
  name: 'obj',
  regular: function () { return this && this.name },
  arrow: () => typeof this,
  nested: function () { return (() => this.name)() },
  lost: function () { return (function () { return this === globalThis })() },
  strictLost: function () { 'use strict'; return (function () { return this })() },
}
console.log(obj.regular(), obj.arrow(), obj.nested(), obj.lost(), obj.strictLost())
var f = obj.regular
console.log(f(), f.call({ name: 'call' }), f.apply({ name: 'apply' }), f.bind({ name: 'bind' })(), (0, obj.regular)())
console.log(f.call(5), f.call('str'), f.call(null) === undefined)
console.log((function () { return typeof this }).call(5), (function () { 'use strict'; return typeof this }).call(5))
setTimeout(obj.regular, 1)
setTimeout(function () { console.log(this.constructor.name) }, 2)
