const attempt = f => { try { return f() } catch (e) { return `${e.name}: ${e.message}` } }
console.log(2n ** 64n, -7n / 2n, -7n % 3n, 5n & 3n, -1n >> 1n, 1n << 70n, ~5n, -(-3n), 0n === -0n)
console.log(attempt(() => 1n + 1), attempt(() => +1n), attempt(() => 1n / 0n), attempt(() => 2n ** -1n), attempt(() => Math.max(1n)))
console.log(1n < 2, 2n == 2, 2n === 2, 1n == '1', [3n, 1, 2n].sort().join(), typeof 1n, typeof Object(1n), !!0n)
console.log(BigInt('0xff'), BigInt('  12  '), BigInt(''), attempt(() => BigInt('1.5')), attempt(() => BigInt(1.5)), attempt(() => BigInt('x')))
console.log(BigInt.asIntN(8, 255n), BigInt.asUintN(8, -1n), (123n).toString(2), (255n).toString(16), Number(2n ** 53n), parseInt('12n'))
console.log(new BigInt64Array([2n ** 63n])[0], new BigUint64Array([-1n])[0], attempt(() => JSON.stringify({ a: 1n })))
let i = 10n; i++; i += 5n; i **= 2n; console.log(i, i--, --i, 0x10n, 1_000n)
