console.log(x)
var x = 1
console.log(x)
function f() { console.log(y); if (false) { var y = 1 } console.log(y); y = 2; return y }
console.log(f(), typeof y)
