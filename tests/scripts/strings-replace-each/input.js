console.log('a-b-c'.replaceAll('-', '+'), 'aaa'.replaceAll('', 'x'), 'abc'.replaceAll('b', '$&$&'), 'abc'.replaceAll('z', 'y'))
console.log('aXbX'.replaceAll('X', ''), 'a.b.'.replaceAll('.', (match, at) => at), '\u{1F600}x'.replaceAll('', '-').length, ''.replaceAll('', '_'))
console.log('aaaa'.replaceAll('aa', 'b'), 'é-ü'.replaceAll('-', '→'), ('ab'.repeat(20) + 'c').replaceAll('ab', 'xyz'), 'x'.replaceAll('x', undefined))
const long = 'word '.repeat(3000)
console.log(long.replaceAll(' ', ', ').length, long.replaceAll('word', 'w').length, long.replaceAll('rd w', '').length)
let text = ''
for (const character of 'ab'.repeat(40) + '😀z') text += character + '.'
console.log(text.length, text.slice(-6))
console.log(encodeURIComponent("a b&c=é😀-_.!~*'()/"), encodeURI('http://x/y?z=a b#q'))
console.log([' a ', '\t\n b', 'c\u00a0\ufeff', '   ', '', '\u2003x\u2003'].map(part => JSON.stringify([part.trim(), part.trimStart(), part.trimEnd()])).join())
