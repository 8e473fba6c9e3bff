const numbers = [0n, 1n, -1n, 3n, -7n, 2n ** 63n, -(2n ** 63n), 2n ** 64n - 1n, -(2n ** 64n - 1n), 2n ** 64n, -(2n ** 64n), 2n ** 127n, 123456789012345678901234567890n]
for (const a of numbers) {
  const row = []
  for (const b of numbers) {
    row.push(a + b, a - b, a * b, a & b, a | b, a ^ b, a < b, a == b, a >= b)
    if (b) row.push(a / b, a % b)
  }
  console.log(row.join())
}
console.log(numbers.map(n => [n.toString(36), -n, ~n, n << 3n, n >> 2n].join(':')).join())
console.log(numbers.map(n => [n < 5, n > -1.5, n == '3', n <= Infinity, BigInt.asIntN(64, n), BigInt.asUintN(8, n)].join(':')).join())
try {
  1n / 0n
} catch (error) {
  console.log(error.message)
}
