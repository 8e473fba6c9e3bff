const o = { a: 1 }
console.log(o.toString(), String([]), Object.prototype.toString.call([]), Object.prototype.toString.call(null), Object.prototype.toString.call(undefined), Object.prototype.toString.call(1), Object.prototype.toString.call('s'), Object.prototype.toString.call(() => 1), Object.prototype.toString.call(true), Object.prototype.toString.call(new Error))
console.log(o.hasOwnProperty('a'), o.propertyIsEnumerable('a'), [].propertyIsEnumerable('length'), o.valueOf() === o, o.toLocaleString())
console.log(o.constructor === Object, {}.constructor.name)
