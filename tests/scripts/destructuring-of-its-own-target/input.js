// A pattern that assigns to the variable that it takes apart.
function object(a, b) { ({ a, b } = a); return [a, b] }
console.log(object({ a: 1, b: 2 }))
function list(a, b) { [a, b] = a; return [a, b] }
console.log(list([1, 2]))
let x = { x: { q: 1 }, y: 3 }, y
;({ x, y } = x)
console.log(x, y)
function nested(o, k) { ({ o: { o }, k = o } = o); return [o, k] }
console.log(nested({ o: { o: 5 } }))
function value(o) { let p; p = ({ o, p } = o); return [o, p] }
console.log(value({ o: 1, p: 2 }))
function rest(o) { let r; ({ o, ...r } = o); return [o, r] }
console.log(rest({ o: 1, p: 2 }))
function declared(a) { var { a, b } = a; return [a, b] }
console.log(declared({ a: 1, b: 2 }))
function chained(a, b, c) { ({ c, b } = c = a); return [a.c, b, c] }
console.log(chained({ b: 1, c: 2 }))
