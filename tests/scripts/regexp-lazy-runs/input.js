// Lazy runs of any character: the nearest end is found first, whatever comes behind it.
let text = ''
for (let n = 0; n < 600; n++) text += `${n},"quoted ""text"" ${n}",<!-- ${'-'.repeat(n % 7)} -->${n % 5 ? '' : '\n'}`
console.log(text.length, text.replace(/"([^]*?)"/g, '').length, text.match(/<!--[\s\S]*?-->/g).length)
console.log(text.match(/".+?"/g).length, text.split(/<!--.*?-->/).length, text.match(/<!--[^x]{3,}?-->/g).length)

console.log('aXbXc'.match(/a[^]*?X/)[0], 'aXbXc'.match(/a[^]*?X$/), 'aXbXc'.match(/a[^]*?c$/)[0], 'aaa'.match(/.*?/)[0].length)
console.log('a\nb'.match(/a.*?b/), 'a\nb'.match(/a.*?b/s)[0].length, 'ab]c'.match(/[\]b]+?c/)[0], 'x{2}?'.match(/x\{2}\?/)[0])
console.log('{{a}} {{b}}'.replace(/\{\{\s*(\w+?)\s*\}\}/g, (_, name) => name.toUpperCase()))
console.log(/(\w+?)\1/.exec('abcabc').slice(), /(?<name>.+?)-\k<name>/.exec('ab-ab').groups.name, /^(.+?),(.+?)$/.exec('a,b,c').slice())
console.log('😀x😀'.match(/^.+?x/u)[0], 'ÀB'.match(/^\W*?B/i)[0], /(?<=a.*?)c/.exec('abc').index, 'aBc'.match(/[a-z]+?C/i)[0])
console.log('abc'.replace(/.*?/g, '[$&]'), 'abc'.match(/.{2,}?/g), 'abcd'.match(/(?:.{1,}?){2}/)[0], [...'a1b22'.matchAll(/\D+?(\d+?)/g)].map(found => found[1]))
const sticky = /[^,]*?,/y
console.log(sticky.exec('ab,c,')[0], sticky.exec('ab,c,')[0], sticky.exec('ab,c,'))
