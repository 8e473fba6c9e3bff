const a = [3, 1, 2]
console.log(a.toSorted(), a.toReversed(), a.toSpliced(1, 1, 'x', 'y'), a.with(0, 9), a.with(-1, 8), a)
try { a.with(5, 1) } catch (e) { console.log(e.name + ': ' + e.message) }
console.log([, 1].toReversed(), [3, , 1].toSorted())
