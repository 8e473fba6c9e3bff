a: b: for (var i = 0; i < 3; i++) { if (i === 1) continue a; if (i === 2) break b; console.log(i) }
outer: { inner: { console.log('in'); if (i > 0) break outer; } console.log('never') } console.log('out')
x: if (true) { break x; console.log('no') } y: { y2: { break y } } z: switch (1) { case 1: for (; ;) break z }
loop: for (const q of 'abc') { switch (q) { case 'b': continue loop; case 'c': break loop } console.log(q) }
foo: try { break foo } finally { console.log('finally foo') } { let blocked = 1; { let blocked = 2; console.log(blocked) } console.log(blocked) }
{ function inBlock() { return 'b1' } { function inBlock() { return 'b2' } } console.log(inBlock()) } var v = 1; { var v = 2 } console.log(v)
w: while (true) { do { break w } while (true) } l1: for (let m = 0; m < 2; m++) l2: for (let n = 0; n < 2; n++) { if (m === n) continue l1; console.log(m, n) }
d: do { var cnt = (cnt || 0) + 1; if (cnt < 3) continue d } while (cnt < 3); console.log(cnt); f: for (var k in { a: 1, b: 2 }) { for (var k2 in { c: 3 }) { if (k === 'a') continue f; console.log(k + k2) } } label: function labelled() { return 'lf' } console.log(labelled()); if (0) ; else e: { break e }
