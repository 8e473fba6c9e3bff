var a = 1
var b = 2
var c = a
+ b
console.log(c)
function f() {
  return
  5
}
console.log(f())
let i = 1
let j = 2
i
++
j
console.log(i, j)
const o = { a: 1 }
;[1, 2].forEach(function (x) { console.log(x) })
do { i++ } while (i < 5) console.log(i)
if (a) b = 5
else b = 6
console.log(b)
