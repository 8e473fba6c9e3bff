var a = 1
var b = a
+ 2
console.log(b)
var c = a
;[1, 2].forEach(function (x) { c += x })
console.log(c)
function f() {
  return
  { value: 1 }
}
console.log(f())
var i = 0
i
++
a
console.log(i, a)
do a-- ; while (a > 0) console.log('after do', a)
var s = 'x'
  .concat('y')
  .concat('z')
console.log(s)
for (var k = 0; k < 2; k++);
{ }
if (k) ; else console.log('no')
throwing: try { throw new Error('e') } catch (e) { console.log(e.message) }
var re = /a/g
/* comment */ ;`t`
let l
l = 5
console.log(l) // end
