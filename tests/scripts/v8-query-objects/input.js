// v8.queryObjects: how many living objects inherit from a constructor's prototype.
const v8 = require('v8')
class Animal { constructor(name) { this.name = name } }
class Dog extends Animal {}
const keep = [new Animal('a'), new Dog('b'), { deep: [new Dog('c')] }]
const drop = () => { for (let n = 0; n < 10; n++) new Animal(n) }
drop()
// The prototype of Dog is one of them.
console.log(v8.queryObjects(Animal), v8.queryObjects(Dog))
console.log(v8.queryObjects(Animal, { format: 'summary' }).sort(), v8.queryObjects(Dog, { format: 'count' }))
const forget = () => { keep.pop() }
forget()
console.log(v8.queryObjects(Dog), keep.length)
for (const attempt of [() => v8.queryObjects(5), () => v8.queryObjects(Dog, { format: 'x' }), () => v8.queryObjects(Dog, 5), () => v8.queryObjects(() => 1)]) {
  try {
    console.log(attempt())
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}
