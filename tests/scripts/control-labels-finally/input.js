function f(n) { a: { try { if (n) break a; return 'returned' } finally { console.log('fin', n) } return 'unreachable' } return 'after label' }
console.log(f(0), f(1))
function g() { for (let i = 0; ; i++) { try { if (i < 2) continue; if (i === 3) break; if (i > 5) return 'no' } finally { console.log('i', i); if (i === 2) continue } } return 'done' }
console.log(g())
function h() { outer: for (const x of [1, 2, 3]) { for (const y of [1, 2, 3]) { try { if (y === 2) continue outer; if (x === 3) break outer } finally { console.log(x, y) } } } return 'h' }
console.log(h())
function k() { try { return 'try' } finally { return 'finally' } } function l() { try { throw 1 } catch (e) { return 'catch ' + e } finally { console.log('lf') } } function m() { l1: try { throw 1 } finally { break l1 } return 'swallowed' }
console.log(k(), l(), m())
function n() { let s = ''; try { try { throw new Error('a') } finally { s += 'f1' } } catch (e) { s += e.message } finally { s += 'f2' } return s } console.log(n())
function o() { while (true) { try { return (() => { throw 'x' })() } catch (e) { break } finally { console.log('loop fin') } } return 'o' } console.log(o())
function p() { switch (1) { case 1: try { break } finally { console.log('switch fin') } case 2: console.log('no') } return 'p' } console.log(p())
function q(x) { try { return x++ } finally { x = 100 } } console.log(q(1)); let r = (() => { try { return r2() } finally { r2v = 2 } })(); var r2v; function r2() { return r2v } console.log(r, r2v)
do { try { continue } finally { console.log('do') } } while (false)
