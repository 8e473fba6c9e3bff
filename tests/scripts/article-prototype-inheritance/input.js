function Animal(name) {
  if (!(this instanceof Animal)) return new Animal(name)
  this.name = name
}
Animal.prototype.speak = function () { return this.name + ' makes a noise' }
Animal.prototype.toString = function () { return '<' + this.name + '>' }
function Dog(name, breed) { Animal.call(this, name); this.breed = breed }
Dog.prototype = Object.create(Animal.prototype)
Dog.prototype.constructor = Dog
Dog.prototype.speak = function () { return Animal.prototype.speak.call(this) + ': woof' }
var rex = new Dog('Rex', 'mutt'), cat = Animal('Tom')
console.log(rex.speak(), cat.speak(), String(rex), '' + cat)
console.log(rex instanceof Dog, rex instanceof Animal, cat instanceof Dog, rex.constructor.name)
console.log(Object.keys(rex), rex.hasOwnProperty('speak'), 'speak' in rex)
for (var key in rex) console.log(key, typeof rex[key])
console.log(rex)
console.log(Animal.prototype.isPrototypeOf(rex), Object.getPrototypeOf(Dog.prototype) === Animal.prototype)
