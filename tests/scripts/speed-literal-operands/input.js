// Operators and jumps with a literal operand, on every sort of value.
const values = [0, 1, -1, 5, 127, -128, 1.5, -0, NaN, Infinity, 2147483647, -2147483648, 2 ** 40, "5", "", "x", null, undefined, true, false, [5], { valueOf: () => 5 }, { toString: () => "7" }];
const shown = (value) => (Object.is(value, -0) ? "-0" : String(value));
for (const v of values) {
  const row = [v + 0, v + 5, v - 0, v - 5, v & 5, v | 0, v << 3, v >> 1, v >>> 0, v >>> 1, v * 2, v / 2, v % 3];
  const jumps = [];
  if (v < 5) jumps.push("<");
  if (v <= 5) jumps.push("<=");
  if (v > 5) jumps.push(">");
  if (v >= 5) jumps.push(">=");
  if (v === 5) jumps.push("===");
  if (v !== 0) jumps.push("!==0");
  if (v == 5) jumps.push("==");
  if (v == null) jumps.push("nullish");
  if (v != undefined) jumps.push("!=undefined");
  if (v === null) jumps.push("null");
  if (v !== undefined) jumps.push("!==undefined");
  if (v === true) jumps.push("true");
  if (!(v < 5)) jumps.push("not<");
  let x = v;
  x += 1;
  let y = v;
  y |= 0;
  let z = v;
  const old = z++;
  console.log(row.map(shown).join(" "), "|", jumps.join(" "), "|", shown(x), shown(y), shown(z), shown(old), shown(+v), shown(-v), shown(~v));
}
console.log(5n + 1n, [1n < 5, 5n == 5, 5n === 5, 7n > 5, 1n + BigInt(2)].join());
for (const bad of [() => 1n + 5, () => Symbol() | 0, () => 1n >>> 0n]) {
  try {
    bad();
  } catch (error) {
    console.log(error.message);
  }
}
console.log(0.1 + 0.2, 1 / 3, -7 % 2, 7 % -2, 2147483647 + 1, -2147483648 - 1, 65536 * 65536, 0 * -1 === 0, 1 / (0 * -1), 3 / 0);
console.log("a" === "a", "ab".slice(0, 1) === "a", {} === {}, [values === values, 0 === -0, NaN === NaN, 1.5 === 1.5, "1" === 1].join());
