function kind(x) { switch (true) { case x < 0: return 'neg'; case x === 0: return 'zero'; default: return 'other'; case x > 100: return 'big' } }
console.log([-1, 0, 5, 500, NaN].map(kind))
function fall(x) { const out = []; switch (x) { case 1: out.push(1); case 2: out.push(2); break; default: out.push('d'); case 3: out.push(3) } return out }
console.log(fall(1), fall(2), fall(3), fall(9))
switch (typeof null) { case 'object': { let x = 1; console.log(x); break } case 'null': { let x = 2; console.log(x) } }
switch (3) { case 1 + 2: console.log('expr'); break } switch ('1') { case 1: console.log('no'); break; default: console.log('strict') }
switch (NaN) { case NaN: console.log('no'); default: console.log('nan') } switch (1) { } switch (1) { default: }
const calls = []; const t = v => { calls.push(v); return v }; switch (t(2)) { case t(1): case t(2): case t(3): } console.log(calls)
function inner(x) { for (const i of [1, 2, 3]) { switch (i) { case x: continue; case 3: return 'three' } console.log('i', i) } } console.log(inner(2))
switch (0) { case 0: function hoistedInCase() { return 'hoisted' } } console.log(hoistedInCase())
let v = 1; switch (v) { case 0: let q = 'a'; break; case 1: q = 'b'; break } 
