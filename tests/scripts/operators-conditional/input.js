const t = n => n > 0 ? 'pos' : n < 0 ? 'neg' : 'zero'
console.log(t(1), t(-1), t(0), true ? 1 : 2, '' ? 1 : 2)
let a
true ? a = 1 : a = 2
console.log(a)
