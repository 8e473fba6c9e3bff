// Where a slash divides and where it begins a regular expression; strings and patterns full of operators and brackets.
var g = 2, i = 1;
var a = 84
/ g / i;
console.log(a);
{ g = 4 }
/['"`({[]/.test("(") && console.log("after a block");
if (i) /[/"]}/.test('/}') && console.log("after a header");
var x
/"'/.test("\"'") && console.log("after a declaration");
var y = function () { return 12 } / 2; // "
console.log(y, {} / 2, [4] / 2, (8) / g / i);
const half = n => n / 2, quoted = s => /^['"].*['"]$/.test(s);
console.log(half(6), quoted(`"${`${12 / 2 / 3}`}"`));
do i++; while (i < 3) /`/.test("`") && console.log("after do", i);
label: /}/.test("}") && console.log("after a label");
function f() {
  return /[)]/.test(")")
}
/'/.test("'") && console.log("after a function", f());
class A { static if = 8 / 2 / 2; static [/\//.source]() { return /"/.source } }
/"/.test('"') && console.log("after a class", A.if, A["\\/"]());
console.log(i++ / 2, i-- / 2);
switch (g) { case 8 / 2: /'/.test("'") && console.log("after a case") }
console.log("+-*/(".repeat(3), /a|b|c|(d|[|]|e)|f/.exec("xd")[1], i ? /\?/.test("?") : 1 / 2);
