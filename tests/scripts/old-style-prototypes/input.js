function Animal(name) { this.name = name }
Animal.prototype.speak = function () { return this.name + ' makes a sound' }
Animal.prototype.toString = function () { return '[Animal ' + this.name + ']' }
function Dog(name) { Animal.call(this, name) }
Dog.prototype = new Animal()
Dog.prototype.constructor = Dog
Dog.prototype.speak = function () { return Animal.prototype.speak.apply(this, arguments) + ': woof' }
var d = new Dog('Rex')
console.log(d.speak(), '' + d, d instanceof Animal, d.constructor === Dog)
for (var k in d) console.log(k, d.hasOwnProperty(k))
console.log(Animal.prototype.isPrototypeOf(d), d.__proto__ === Dog.prototype)
Animal.prototype.legs = 4
console.log(d.legs, Object.keys(d), d)
d.__proto__ = { speak: function () { return 'replaced' } }
console.log(d.speak(), d instanceof Dog)
