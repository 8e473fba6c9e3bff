console.log('$12 €34'.match(/(?<=€)\d+/)[0], 'a1b2'.replace(/(?<!a)\d/g, '#'))
console.log('😀'.match(/./u)[0].length, '😀'.match(/./)[0].length, /^.$/u.test('😀'))
console.log('Straße'.match(/\p{L}+/u)[0], 'αβγ'.match(/\p{Script=Greek}+/u)[0], /\P{L}/u.test('a'))
console.log('2024-05-06'.replace(/(?<y>\d+)-(?<m>\d+)-(?<d>\d+)/, '$<d>.$<m>.$<y>'))
console.log('aBc'.replace(/b/i, m => `[${m}]`), 'x'.replace(/x/, '$$ $& $` $\''))
console.log('one two'.replace(/(\w+) (\w+)/, '$2 $1'), 'abc'.replace(/(?<l>b)/, (...a) => JSON.stringify(a[a.length - 1])))
console.log('a,b;c'.split(/[,;]/), 'a1b'.split(/(\d)/), 'abc'.split(/(?:)/u))
const sticky = /foo/y; sticky.lastIndex = 3
console.log(sticky.test('barfoo'), sticky.lastIndex, sticky.test('barfoo'), sticky.lastIndex)
console.log(/a.b/s.test('a\nb'), /^b$/m.test('a\nb'), /[\b]/.test('\b'), /\cJ/.test('\n'))
console.log(String(new RegExp('/', 'g')), new RegExp(/x/g, 'i').flags, RegExp('\n').source)
for (const bad of ['(', '[', 'a**', '(?<n>a)(?<n>b)', '\\u{110000}']) { try { new RegExp(bad, 'u'); console.log('ok') } catch (e) { console.log(e.name) } }
