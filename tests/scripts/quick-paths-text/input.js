// Strings in every representation: compared, joined, searched, replaced, split.
let built = "";
for (let i = 0; i < 30; i++) built += String.fromCharCode(97 + (i % 26));
const slice = built.slice(3, 20), wide = "g\u4f60\u597dabcdefghijkl", latin = "caf\u00e9", nul = "a\0";
const texts = ["", "a", nul, "a\0\0", "ab", "abcdefgh", "abcdefghi", "abcdefgh\0", built, slice, "defghijklmnopqrst", wide, wide.slice(0, 1), latin, "caf\u0101"];
const order = (x, y) => (x < y ? "<" : x > y ? ">" : "=") + (x <= y ? 1 : 0) + (x >= y ? 1 : 0) + (x === y ? 1 : 0) + (x == y ? 1 : 0) + (x !== y ? 1 : 0);
for (const x of texts) console.log(texts.map((y) => order(x, y)).join(" "));
const less = (x, y) => x < y, least = (x, y) => x <= y, same = (x, y) => x == y;
for (const [x, y] of [["1", 1], [1, "01"], [null, undefined], [null, 0], [true, 1], [true, "1"], [NaN, NaN], [1n, 1], ["b", "a"], [1.5, 1.5], ["x", Symbol.iterator.toString()], [{}, "[object Object]"]]) {
  console.log(less(x, y), least(x, y), same(x, y), same(y, x));
}
const object = { valueOf: () => 2 };
console.log(same(object, 2), same(object, object), same({}, {}), less(object, 3), same(Symbol.iterator, Symbol.iterator));
console.log(["x" + "y", "x" + 1, 1 + "x", "x" + null, "caf" + "\u00e9" + "s", "\u4f60" + "a", "" + built === built, (built + "!").length]);
console.log(built.charAt(27), built[29], built.charCodeAt(2), slice.charCodeAt(0), slice[16], wide[1], wide.charAt(2), (slice + wide).charCodeAt(18), built[30], slice.charAt(-1), latin[3]);
console.log(built.split("d"), "a,b,,c".split(","), "a,b,c".split(",", 2), "abc".split(""), "".split(""), "".split(","), "abc".split(), wide.split("a"), "abc".split("", 2), "aXbX".split("X"));
console.log([1, "a", null, undefined, true, 1.5, wide].join("-"), [1.5, , 2.5].join(), ["x"].join(), [[1, [2]], {}].join("|"));
console.log("a-b-a".replace("a", "[$&$`$'$$$1]"), "a-b".replace("-", ""), "abc".replace("", "_"), "abc".replace("z", "y"), built.replace("lmn", "LMN"), wide.replace("\u597d", "!"), "aaa".replace("a", () => "$&"));
console.log("a1b22c333".replace(/\d+/g, (m) => `<${m}>`), "2020-01-02".replace(/(\d+)-(\d+)-(\d+)/, (m, y, mo, d, at, text) => [d, mo, y, at, text.length].join("/")));
console.log("abc".replace(/x*/g, () => "-"), "\u{1f600}a".replace(/(?:)/gu, () => "|"), "aBc".replace(/b/i, (m, at, text, groups) => m + at + text + groups));
console.log("k=v".replace(/(?<key>\w)=(?<value>\w)/, (...args) => JSON.stringify(args)), "ab".replace(/(x)?b/g, (m, x) => String(x)), "abab".replace(/b/y, () => "!"));
const sticky = /a/gy;
sticky.lastIndex = 1;
console.log("aab".replace(sticky, () => "x"), sticky.lastIndex, "abc".replace(/b/g, 5), "abc".replace(/b/g, () => undefined));
const patched = /a/g;
patched.exec = () => null;
console.log("aaa".replace(patched, () => "b"));
console.log(["7", "007", "123456789", "1234567890", "", " 8 ", "-3", "1e3", "0x1f", "12px", "9".repeat(20), "\u0663"].map((t) => [Number(t), parseInt(t), parseInt(t, 8), parseFloat(t), +t]));
console.log("abc".substring(1, 3), "caf\u00e9s".slice(3), wide.slice(1, 3), built.slice(1, 9), built.slice(25));
