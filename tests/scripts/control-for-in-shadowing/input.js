function A() { this.x = 1 }
A.prototype.x = 2
A.prototype.y = 3
const keys = []
for (var k in new A) keys.push(k)
console.log(keys)
