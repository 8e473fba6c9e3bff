console.log(1 && 2, 0 && 2, 1 || 2, 0 || 2, null ?? 3, 0 ?? 3, undefined ?? null ?? 4, '' || 'x', !0, !!'a')
let n = 0
const hit = v => { n++; return v }
hit(0) && hit(1); hit(1) || hit(2); hit(null) ?? hit(1)
console.log(n)
console.log((null || undefined) ?? 'd', NaN || 0, [] && 'arr')
