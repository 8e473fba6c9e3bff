function tag(s, ...v) { return s.raw.join('|') + v.join() + s.length } console.log(tag`a${1}\n${2}c`, tag``, String.raw`\n${1}`, ((s) => Object.isFrozen(s))`x`)
const f = () => (x => x)`same`; console.log(f() === f(), (s => s[0])`\unicode`); const o = { v: 1, t(s) { return this.v + s[0] } }; console.log(o.t`q`, new (function (s) { this.s = s })(`z`))
