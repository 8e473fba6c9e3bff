function Animal(name) { this.name = name }
Animal.prototype.speak = function () { return this.name + ' makes a noise' }
function Dog(name) { Animal.call(this, name) }
Dog.prototype = Object.create(Animal.prototype)
Dog.prototype.constructor = Dog
Dog.prototype.speak = function () { return Animal.prototype.speak.call(this) + ': woof' }
var d = new Dog('Rex')
console.log(d.speak(), d instanceof Animal, d.constructor === Dog, Object.getPrototypeOf(d) === Dog.prototype)
console.log(d, new Animal('a'))
Animal.prototype.late = function () { return 'late' }
console.log(d.late(), d.hasOwnProperty('late'), Dog.prototype.isPrototypeOf(d))
