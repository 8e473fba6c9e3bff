const a = [1, 2, 3]
console.log(a.length, a[0], a[3], a[-1], a['1'], a)
a[5] = 6
console.log(a, a.length)
a.length = 2
console.log(a, a.length)
a.length = 4
console.log(a)
a.foo = 'bar'
console.log(a, Object.keys(a))
console.log([, 1, , 2, ,], [, ,].length, [undefined, null], [[]], [[[[1]]]])
try { a.length = -1 } catch (e) { console.log(e.name + ': ' + e.message) }
try { new Array(-1) } catch (e) { console.log(e.name + ': ' + e.message) }
console.log(new Array(3), new Array(1, 2), Array(2).length, new Array('3'), Array.of(3), Array.isArray([]), Array.isArray({ length: 0 }))
