console.log('a,b,c'.split(','), 'abc'.split(''), 'abc'.split(), 'a,b,c'.split(',', 2), ''.split(','), ''.split(''), 'a,b,'.split(','), ',,'.split(','), 'abc'.split('abc'), 'a1b1'.split(1), 'x'.split('x', 0))
console.log('hello world'.split(' ').map(w => w[0].toUpperCase() + w.slice(1)).join(' '), 'abc'.split('').reverse().join(''))
