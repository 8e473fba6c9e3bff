const seen = new Set()
function tag(strings, ...values) { seen.add(strings); return strings.raw.join('|') + ':' + values.join(',') }
for (let i = 0; i < 3; i++) console.log(tag`a${i}\n${i * 2}`)
console.log(seen.size, Object.isFrozen([...seen][0]), Object.isFrozen([...seen][0].raw))
console.log(tag`same` === tag`same`, seen.size, tag``, ((s) => s[0])`\unicode`, ((s) => s.raw[0])`\unicode and \xerxes`)
const html = (s, ...v) => s.reduce((out, part, i) => out + part + (i < v.length ? String(v[i]).replace(/</g, '&lt;') : ''), '')
console.log(html`<p>${'<b>'}</p>`, `${`nested ${1 + 1}`} and ${[1, 2]} ${{}} ${null}`, `line
two`, `\${}`, `a${''}b`)
const o = { t(s) { return this === o }, get g() { return s => s.length } }
console.log(o.t`x`, o.g`a${1}b`)
