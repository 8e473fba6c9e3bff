// The short way through RegExp's methods and the long one give the same.
const shown = (value) => JSON.stringify(value);
const text = "on 2024-01-15 and 2023-12-31, x";
const date = /(\d{4})-(\d{2})-(\d{2})/;
const all = new RegExp(date.source, "g");

console.log(shown(date.exec(text)), date.exec(text).index, date.exec(text).input === text);
console.log(shown(text.match(all)), all.lastIndex, shown(text.match(/z/)), shown("".match(/z/g)));
console.log(text.replace(date, "$3.$2.$1"), text.replace(all, "[$&]"), "abc".replace(/b/, "$`|$'|$$|$1|$0|$10"));
console.log("abcdefghijk".replace(/(a)(b)(c)(d)(e)(f)(g)(h)(i)(j)/, "$10-$1-$11-$2"), "aXbX".replace(/(?<l>[a-z])X/g, "$<l>."));
console.log(shown("a1b22c".split(/\d+/)), shown("a1b22c".split(/(\d)/)), shown("abc".split(/(?:)/)), shown("abc".split(/$/)));
console.log(shown("".split(/x/)), shown("".split(/(?:)/)), shown("a,b,c".split(/,/, 2)), shown("ab".split(/a*?/)), shown("ab".split(/a*/)));
console.log(shown("A<B>bold</B>and<CODE>coded</CODE>".split(/<(\/)?([^<>]+)>/)));

// lastIndex moves with g and y, and only with them.
const global = /a/g, sticky = /a/y, both = /a/gy, neither = /a/;
for (const expression of [global, sticky, both, neither]) {
  const steps = [];
  for (let i = 0; i < 4; i++) steps.push(expression.test("aab"), expression.lastIndex);
  console.log(expression.flags, steps.join(" "));
}
sticky.lastIndex = 1;
console.log(shown(sticky.exec("ba")), sticky.lastIndex, shown("aaba".match(both)), "aaba".replace(both, "-"), "baa".replace(sticky, "-"));
global.lastIndex = 99;
console.log(global.test("a"), global.lastIndex, global.test("a"), global.lastIndex);
global.lastIndex = { valueOf() { console.log("asked"); return 1; } };
console.log(shown(global.exec("aa")), global.lastIndex);

// Beginnings: anchors, classes, case, what is beyond ASCII.
console.log(/^b/.test("ab"), /^b/m.test("a\nb"), /[^a]/.exec("aab").index, /\bK/i.exec("a k").index, /é|x/.exec("aéx").index);
console.log(/(?:^a|b)c/.exec("xbc").index, /a?b/.exec("xxab").index, /(?=c)./.exec("abc").index, /(?<!a)b/.exec("abcb").index);
console.log("\u{1F600}x".replace(/(?:)/gu, "-"), "\u{1F600}x".replace(/(?:)/g, "-").length, shown("\u{1F600}a".match(/./gu)));
console.log(/(b)\1/y.test("abb"), /\d{2}|[a-c]+?/.exec("--abc12")[0], /[\w-]+/.exec("!a-b")[0], /x*/.exec("y").index);

// Scripts that change things are asked.
class Loud extends RegExp {
  exec(string) {
    console.log("exec", string);
    return super.exec(string);
  }
}
console.log(new Loud("a").test("ba"), "ba".replace(new Loud("a"), "c"));
const own = /a/;
own.exec = () => null;
console.log(own.test("a"), "a".match(own));
const native = RegExp.prototype.exec;
RegExp.prototype.exec = function (string) {
  return string === "no" ? null : native.call(this, string);
};
console.log(/n/.test("no"), /n/.test("yes, no"), "no".replace(/n/, "x"));
RegExp.prototype.exec = native;
console.log(/n/.test("no"), "no".replace(/n/, "x"));
Object.defineProperty(RegExp.prototype, "flags", { get: () => "g", configurable: true });
console.log("aaa".replace(/b/, "x"));
