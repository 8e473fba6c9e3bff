var a = 1
var b = a
+ 2
console.log(b)
var f = function () { return 'f' }
var g = f
;[1, 2].forEach(function (x) { console.log(x) })
function r() {
  return
  { value: 1 }
}
console.log(r())
var i = 0
i
++
a
console.log(i, a)
do console.log('once'); while (0) console.log('after do')
if (a) console.log('if'); else console.log('else')
var o = { a: 1, b: 2, }
;(function () { console.log('iife', o.b) })()
var s = 'x'
, t = 'y'
console.log(s + t)
label: for (;;) { break label }
throw_it()
function throw_it() { try { throw 'old' } catch (e) { console.log(e) } }
