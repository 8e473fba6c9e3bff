function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2) }
console.log(fib(20))
const even = n => n === 0 ? true : odd(n - 1), odd = n => n === 0 ? false : even(n - 1)
console.log(even(1000), odd(1001))
function ack(m, n) { return m === 0 ? n + 1 : n === 0 ? ack(m - 1, 1) : ack(m - 1, ack(m, n - 1)) }
console.log(ack(2, 3))
