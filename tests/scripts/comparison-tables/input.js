var values = [undefined, null, true, false, 0, -0, 1, NaN, '', '0', '1', 'a', [], [0], [1], {}, 1n]
console.log(values.map(a => values.map(b => +(a == b)).join('')).join('\n'))
console.log(values.map(a => values.map(b => { try { return +(a < b) } catch (e) { return 'x' } }).join('')).join('\n'))
console.log(values.map(v => +!!v).join(''), values.map(v => typeof v).join())
console.log(values.map(a => values.map(b => +Object.is(a, b)).join('')).join('\n'))
console.log([] + {}, [] + [], {} + [], 1 + '2', '3' * '4', true + true, [2] * [3], null + 1, undefined + 1, '5' - 2, +'', +[], +{}, 1 + null + 'x')
console.log([10, 9, 1].sort(), ['b', undefined, 'a'].sort(), [3, 2, 1].sort((a, b) => a - b), [true, false].sort(), [, 1].sort())
