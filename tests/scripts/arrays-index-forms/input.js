const a = ['x', 'y']
console.log(a['0'], a['00'], a[1.5], a[true], a['-0'], a[-0], a[[1]], a[{ toString: () => '1' }])
a[1.5] = 'f'; a['01'] = 'g'; a[-1] = 'n'
console.log(a, a.length)
a['2'] = 'z'
console.log(a.length)
const o = { 1: 'a', '1.5': 'b' }
console.log(o[1], o['1'], o[1.0], o[1.5], o[-0])
