function f() { outer: for (var i = 0; i < 3; i++) { try { for (;;) { if (i === 1) continue outer; break } } finally { console.log('finally', i); if (i === 2) break outer } } return i }
console.log(f())
function g() { try { return 'try' } finally { return 'finally' } }
function h() { for (const x of [1, 2]) { try { continue } finally { console.log('f', x) } } return 'h' }
function k() { l: { try { break l } finally { console.log('leaving') } } return 'after label' }
function m() { try { throw 1 } catch { return 'caught' } finally { console.log('always') } }
function n() { do { try { return 'r' } finally { break } } while (true); return 'break wins' }
console.log(g(), h(), k(), m(), n())
function o() { let r = []; a: for (let i = 0; ; i++) { b: for (let j = 0; ; j++) { if (j > i) continue a; if (i > 2) break a; r.push(`${i}${j}`) } } return r }
console.log(o().join())
try { try { throw new Error('first') } finally { throw new Error('second') } } catch (e) { console.log(e.message) }
switch (3) { case 1: console.log(1); default: console.log('d'); case 2: console.log(2); break; case 4: console.log(4) }
blk: { console.log('in'); if (true) break blk; console.log('never') }
