function f(x) {
  switch (x) {
    case 1: return 'one'
    case 'a': case 'b': return 'letter'
    default: return 'default'
    case 3: return 'three'
  }
}
console.log(f(1), f('a'), f('b'), f(3), f('1'), f())
function g(x) { const out = []; switch (x) { default: out.push('d'); case 1: out.push(1); case 2: out.push(2); break; case 3: out.push(3) } return out }
console.log(g(0), g(1), g(2), g(3))
switch (5) { }
switch (NaN) { case NaN: console.log('never'); break; default: console.log('nan') }
for (let i = 0; i < 4; i++) { switch (i) { case 1: continue; case 3: break } console.log(i) }
