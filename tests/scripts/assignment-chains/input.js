function log(x) { console.log(x); return x; }
let a = { }, b = { }, c;
a.x = b.y = c = 5; console.log(a, b, c);
function f() { let o = { n: 1 }; let p = o; o.x = o = { n: 2 }; console.log(p, o); }
f();
function g() { const o = {}; o.a = o.b = o.c = log('v'); return o; }
console.log(g());
(function () { let u; try { u.a = u.b = log('evaluated'); } catch (e) { console.log(e.message); } })();
(function () { try { z.a = z.b = log('no'); let z = {}; } catch (e) { console.log(e.message); } })();
(function () { try { nope.a = nope.b = log('no'); } catch (e) { console.log(e.message); } })();
(function (o) { o.f = o.g = () => 1; console.log(o.f.name, o.g.name, o.f === o.g); })({});
(function (o) { var h = o.f = function () {}; console.log(h.name === '', o.f.name); })({});
(function () { var x, y; x = y = function () {}; console.log(x.name, y.name); var q = x = y = class {}; console.log(q.name, x.name, y.name); })();
(function () { var o = { set s(v) { log('set ' + v); }, get s() { return 9; } }; console.log(o.s = o.s = 3, o.t = o.s); })();
(function () { const o = {}; const k = () => { o.z = 1; return 7; }; const r = o.q = o.z = k(); console.log(o, r); })();
(function () { var i = 0, m = []; m[i++] = m[i++] = m[i++] = i; console.log(m, i); })();
(function () { var o = {}; function w() { o = { other: 1 }; return 1; } var p = o; o.a = o.b = w(); console.log(o, p); })();
(function () { var x = 1; const r = (x = x = x + 1) + (x = 10); console.log(r, x); })();
(function (arguments_) { arguments[0].a = arguments[0].b = 3; console.log(arguments_); })({});
(function () { arguments.a = arguments.b = 3; console.log(arguments.a, arguments.b); })();
module.exports.a = module.exports.b = exports.c = exports.d = 1; console.log(module.exports);
exports = { e: 1 }; exports.f = exports.g = 2; console.log(exports, module.exports);
this.p = this.q = 4; console.log(this);
(function () { var o = {}; o.x = o.y += 'a'; console.log(o); let n = null; n = o.z ??= 4; console.log(n, o); const [d] = o.l = [8]; console.log(d); })();
(function () { let o = {}, v; v = [o.a, o.b] = [1, 2]; console.log(o, v); o.c = { k: v } = { k: 6 }; console.log(o, v); })();
const chained = {};
chained.a0 = chained.a1 = chained.a2 = chained.a3 = chained.a4 = chained.a5 = chained.a6 = chained.a7 =
  chained.a8 = chained.a9 = chained.a10 = chained.a11 = chained.a12 = chained.a13 = chained.a14 = chained.a15 =
  chained.a16 = chained.a17 = chained.a18 = chained.a19 = chained.a20 = chained.a21 = chained.a22 =
  chained.a23 = chained.a24 = chained.a25 = chained.a26 = chained.a27 = chained.a28 = chained.a29 =
  chained.a30 = chained.a31 = chained.a32 = chained.a33 = chained.a34 = chained.a35 = chained.a36 =
  chained.a37 = chained.a38 = chained.a39 = chained.a40 = chained.a41 = chained.a42 = chained.a43 =
  chained.a44 = chained.a45 = chained.a46 = chained.a47 = chained.a48 = chained.a49 = chained.a50 =
  chained.a51 = chained.a52 = chained.a53 = chained.a54 = chained.a55 = chained.a56 = chained.a57 =
  chained.a58 = chained.a59 = chained.a60 = chained.a61 = chained.a62 = chained.a63 = chained.a64 =
  chained.a65 = chained.a66 = chained.a67 = chained.a68 = chained.a69 = chained.a70 = chained.a71 =
  chained.a72 = chained.a73 = chained.a74 = chained.a75 = chained.a76 = chained.a77 = chained.a78 =
  chained.a79 = chained.a80 = chained.a81 = chained.a82 = chained.a83 = chained.a84 = chained.a85 =
  chained.a86 = chained.a87 = chained.a88 = chained.a89 = chained.a90 = chained.a91 = chained.a92 =
  chained.a93 = chained.a94 = chained.a95 = chained.a96 = chained.a97 = chained.a98 = chained.a99 =
  chained.a100 = chained.a101 = chained.a102 = chained.a103 = chained.a104 = chained.a105 = chained.a106 =
  chained.a107 = chained.a108 = chained.a109 = chained.a110 = chained.a111 = chained.a112 = chained.a113 =
  chained.a114 = chained.a115 = chained.a116 = chained.a117 = chained.a118 = chained.a119 = chained.a120 =
  chained.a121 = chained.a122 = chained.a123 = chained.a124 = chained.a125 = chained.a126 = chained.a127 =
  chained.a128 = chained.a129 = chained.a130 = chained.a131 = chained.a132 = chained.a133 = chained.a134 =
  chained.a135 = chained.a136 = chained.a137 = chained.a138 = chained.a139 = chained.a140 = chained.a141 =
  chained.a142 = chained.a143 = chained.a144 = chained.a145 = chained.a146 = chained.a147 = chained.a148 =
  chained.a149 = chained.a150 = chained.a151 = chained.a152 = chained.a153 = chained.a154 = chained.a155 =
  chained.a156 = chained.a157 = chained.a158 = chained.a159 = chained.a160 = chained.a161 = chained.a162 =
  chained.a163 = chained.a164 = chained.a165 = chained.a166 = chained.a167 = chained.a168 = chained.a169 =
  chained.a170 = chained.a171 = chained.a172 = chained.a173 = chained.a174 = chained.a175 = chained.a176 =
  chained.a177 = chained.a178 = chained.a179 = chained.a180 = chained.a181 = chained.a182 = chained.a183 =
  chained.a184 = chained.a185 = chained.a186 = chained.a187 = chained.a188 = chained.a189 = chained.a190 =
  chained.a191 = chained.a192 = chained.a193 = chained.a194 = chained.a195 = chained.a196 = chained.a197 =
  chained.a198 = chained.a199 = chained.a200 = chained.a201 = chained.a202 = chained.a203 = chained.a204 =
  chained.a205 = chained.a206 = chained.a207 = chained.a208 = chained.a209 = chained.a210 = chained.a211 =
  chained.a212 = chained.a213 = chained.a214 = chained.a215 = chained.a216 = chained.a217 = chained.a218 =
  chained.a219 = chained.a220 = chained.a221 = chained.a222 = chained.a223 = chained.a224 = chained.a225 =
  chained.a226 = chained.a227 = chained.a228 = chained.a229 = chained.a230 = chained.a231 = chained.a232 =
  chained.a233 = chained.a234 = chained.a235 = chained.a236 = chained.a237 = chained.a238 = chained.a239 =
  chained.a240 = chained.a241 = chained.a242 = chained.a243 = chained.a244 = chained.a245 = chained.a246 =
  chained.a247 = chained.a248 = chained.a249 = chained.a250 = chained.a251 = chained.a252 = chained.a253 =
  chained.a254 = chained.a255 = chained.a256 = chained.a257 = chained.a258 = chained.a259 = chained.a260 =
  chained.a261 = chained.a262 = chained.a263 = chained.a264 = chained.a265 = chained.a266 = chained.a267 =
  chained.a268 = chained.a269 = chained.a270 = chained.a271 = chained.a272 = chained.a273 = chained.a274 =
  chained.a275 = chained.a276 = chained.a277 = chained.a278 = chained.a279 = chained.a280 = chained.a281 =
  chained.a282 = chained.a283 = chained.a284 = chained.a285 = chained.a286 = chained.a287 = chained.a288 =
  chained.a289 = chained.a290 = chained.a291 = chained.a292 = chained.a293 = chained.a294 = chained.a295 =
  chained.a296 = chained.a297 = chained.a298 = chained.a299 = 'end';
console.log(Object.keys(chained).length, chained.a0, chained.a299);
