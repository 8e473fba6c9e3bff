const a = [1, 2, 3, 2, NaN, undefined, 'x']
console.log(a.indexOf(2), a.lastIndexOf(2), a.indexOf(NaN), a.includes(NaN), a.includes(undefined), a.indexOf('y'), a.indexOf(2, 2), a.includes(1, 1), a.indexOf(2, -4), a.lastIndexOf(2, -5))
console.log([, 1].includes(undefined), [, 1].indexOf(undefined), a.at(0), a.at(-1), a.at(99), a.at(-99))
console.log(a.find(x => x > 1), a.findIndex(x => x > 1), a.findLast(x => x == 2), a.findLastIndex(x => x == 2), a.find(x => x === 'q'), a.findIndex(() => false))
