for (let i = 0; i < 3; i++) { try { if (i === 1) continue; if (i === 2) break; console.log('body', i) } finally { console.log('fin', i) } }
outer: for (const a of [1, 2]) { for (const b of [1, 2]) { try { if (b === 2) continue outer; console.log(a, b) } finally { console.log('f', a, b) } } }
function f() { for (; ;) { try { return 'r' } finally { break } } return 'after' }
console.log(f())
function g() { let n = 0; while (true) { try { if (n++ < 2) continue; return n } finally { console.log('n', n) } } }
console.log(g())
function h() { l: try { return 1 } finally { break l } return 2 }
console.log(h())
