const a = [1, 2, 3, 4]
console.log(a.map(x => x * 2), a.filter(x => x % 2), a.reduce((s, x) => s + x), a.reduce((s, x) => s + x, 'r'), a.reduceRight((s, x) => s + x, ''), a.some(x => x > 3), a.every(x => x > 1), [].every(x => 0), [].some(x => 1))
a.forEach(function (x, i, arr) { console.log(x, i, arr === a, this.t) }, { t: 'this' })
console.log(a.map(parseInt), ['1', '2', '3'].map(parseInt), ['1', '2'].map(Number))
console.log([1, , 3].map(x => x * 2), [1, , 3].filter(() => true), [, 1].reduce((a, b) => a + b), a.flatMap(x => [x, [x]]), [1, [2, [3, [4]]]].flat(), [1, [2, [3, [4]]]].flat(Infinity))
try { [].reduce((a, b) => a) } catch (e) { console.log(e.name + ': ' + e.message) }
for (const v of [undefined, null, 5, 'str', {}, [1]]) try { [1].map(v) } catch (e) { console.log(e.name + ': ' + e.message) }
try { [1].forEach() } catch (e) { console.log(e.message) }
try { [1].sort(5) } catch (e) { console.log(e.message) }
