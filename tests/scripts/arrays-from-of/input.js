console.log(Array.from('abc'), Array.from([1, 2], x => x * 2), Array.from({ length: 3 }), Array.from({ length: 2, 0: 'a', 1: 'b' }, (v, i) => v + i), Array.of(7, 8), Array.from(new Set([1, 1, 2])), Array.from(new Map([['a', 1]])))
console.log(Array.from({}), Array.from(5), Array.from([, 1]))
try { Array.from(null) } catch (e) { console.log(e.message) }
try { Array.from([], 5) } catch (e) { console.log(e.message) }
console.log(Array.from([1, 2, 3].entries()), [...[5, 6].keys()], [...['a'].values()])
