l: for (const x of [1, 2]) { for (const y of (function* () { try { yield 1; yield 2 } finally { console.log('closed', x) } })()) { if (x === 1) continue l; break l } } console.log('done')
