// BigInts: factorials, Fibonacci numbers, powers modulo, products that are kept for a while.
function factorial(n) {
  let product = 1n
  for (let k = 2n; k <= n; k++) product *= k
  return product
}
function power(base, exponent, modulus) {
  let result = 1n
  for (base %= modulus; exponent > 0n; exponent >>= 1n) {
    if (exponent & 1n) result = result * base % modulus
    base = base * base % modulus
  }
  return result
}
const kept = []
let [a, b] = [0n, 1n], sum = 0n
for (let round = 0; round < 4000; round++) {
  ;[a, b] = [b, a + b]
  if (round % 500 === 0) kept.push(a, b)
  if (round % 40 === 0) kept[round % 64] = factorial(120n)
  sum += power(BigInt(round), 65537n, 1000000007n) + (BigInt(round) ** 12n & 0xffffn) - (a ^ b) % 97n
}
console.log(String(sum).length, kept.length)
