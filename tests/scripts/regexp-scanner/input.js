// A scanner that cuts its text: expressions of the beginning, slices, and what RegExp tells of the last match.
const source = `let total = 0x1F + 012 // the sum\nfor (const item of list) { total += item.price * 1.25 }\n`.repeat(12)
const kinds = [
  ['space', /^\s+/], ['comment', /^\/\/[^\n]*/], ['hex', /^0x([0-9a-f]+)/i], ['octal', /^0([0-7]+)\b/],
  ['number', /^\d+(?:\.\d+)?/], ['name', /^[a-z_$][\w$]*/i], ['mark', /^(?:\+=|[{}()=+*.])/],
]
const counts = {}
let rest = source, tokens = 0
while (rest.length) {
  const [kind, match] = kinds.map(([kind, pattern]) => [kind, rest.match(pattern)]).find(([, match]) => match)
  if (/^(?:let|for|const|of)$/.test(match[0])) counts.keyword = (counts.keyword || 0) + 1
  counts[kind] = (counts[kind] || 0) + 1
  rest = rest.slice(match[0].length)
  tokens++
}
console.log(tokens, counts)
const text = 'x'.repeat(100) + 'key: value; other: thing' + 'y'.repeat(100)
const part = text.slice(100, 124)
console.log(/(\w+): (\w+)/.exec(part).index, RegExp.$1, RegExp.$2, RegExp['$`'], RegExp["$'"], RegExp.input === part)
console.log(/^other/.test(part), /other/.exec(part).index, RegExp.leftContext, /^y/.test(text.slice(124)), /x$/.test(text.slice(0, 100)))
const wide = '\u20ac'.repeat(80) + 'tail'
console.log(/^tail/.test(wide.slice(80)), /^\u20ac+/.exec(wide.slice(40))[0].length, /^(a)|(b)/.exec('b'), /^a|b/y.exec('cb'))
const all = 'a1b22'.repeat(30)
console.log(all.replace(/^a/g, '-').length, all.split(/^a/).length, [...all.matchAll(/^a(\d)/g)].length, 'a\na'.match(/^a/gm).length)
