console.log(add(1, 2))
function add(a, b) { return a + b }
var sub = function (a, b) { return a - b }
console.log(sub(3, 1))
function twice() { return 'first' }
function twice() { return 'second' }
console.log(twice())
function outer() { return inner(); function inner() { return 'inner' } }
console.log(outer())
