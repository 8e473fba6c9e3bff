// What the methods of strings and regular expressions do with subclasses, own `exec` methods and callbacks.
class Own extends RegExp {
  exec(text) { const result = super.exec(text); log.push(this.lastIndex); return result }
}
const log = []
console.log('a1b22'.match(new Own('\\d+', 'g')), 'a1b22'.replace(new Own('\\d', 'g'), (d) => `<${d}>`), 'a1b2'.split(new Own('\\d')), new Own('b').test('abc'), log.splice(0))
const iterator = 'x1y2'.matchAll(/[a-z](\d)/g)
console.log(iterator, Object.prototype.toString.call(iterator), typeof iterator.return, [...iterator].map((m) => m[1] + m.index))
const re = /(?<first>\w)(\w)?/g
console.log('ab c'.replace(re, '[$<first>|$2|$&|$$|$`|$\']'), 'ab c'.replace(re, (...all) => JSON.stringify(all)))
const global = /b/g; console.log('abcb'.replace(global, () => global.lastIndex), global.lastIndex)
console.log(RegExp.prototype.test.call({ exec: () => null }, 'q'), RegExp.prototype.test.call({ exec: () => ({}) }, 'q'))
console.log(RegExp.prototype.flags, Object.getOwnPropertyDescriptor(RegExp.prototype, 'flags').get.call({ global: 1, sticky: true }), /a/dgimsuy.flags)
for (const bad of ['(', ')', '[', 'a**', '(?<a>x)(?<a>y)', 'a{2,1}', '[b-a]', '\\', '(?<n', '\\k<z>(?<y>)']) try { new RegExp(bad) } catch (e) { console.log(e.message) }
for (const bad of ['\\u{110000}', '\\1', '{1}', '\\-', '(?=a)*', '[\\d-z]', '\\p{Nope}']) try { new RegExp(bad, 'u') } catch (e) { console.log(e.message) }
const keep = /o/; keep.lastIndex = 3; console.log('foo'.search(keep), keep.lastIndex, 'a,b,,c'.split(/,/, 2), ''.split(/x/), ''.split(/(?:)/), 'abc'.split(/(b)/))
