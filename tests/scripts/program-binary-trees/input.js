function tree(d) { return d === 0 ? { l: null, r: null } : { l: tree(d - 1), r: tree(d - 1) } }
function check(t) { return t.l === null ? 1 : 1 + check(t.l) + check(t.r) }
for (let d = 2; d <= 8; d += 2) { let n = 0; for (let i = 0; i < 4; i++) n += check(tree(d)); console.log(d, n) }
