var a = 1
let b = 2
const c = 3
var a = 4
{ let b = 20; const c = 30; var d = 5; console.log(b, c, d) }
console.log(a, b, c, d)
let e
var f
console.log(e, f)
