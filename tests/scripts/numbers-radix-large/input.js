// Whole numbers beyond 2 ** 53 in every radix: how many digits are told, and what the rest is.
for (const n of [2 ** 53, 2 ** 55, 1e17, 1e21, 123456789 * 2 ** 80, 2 ** 1023, Number.MAX_VALUE]) {
  for (let radix = 2; radix <= 36; radix++) {
    const text = n.toString(radix)
    console.log(n, radix, text.length, text.slice(0, 60))
  }
}
console.log((255).toString(16), (-255).toString(2), (0.5).toString(2), (-0).toString(2), (123.456).toString(8), NaN.toString(2))
console.log([1, -0, 1e21, 123456789012, 0.1, -5, 2 ** 53, 2 ** 53 - 1, null, undefined, true, NaN].join('|'))
console.log(String(-0), String(1e15), `${9007199254740993}`, String(-1e15), [2 ** 31, -(2 ** 31), 1e300].join())
