const s = 'Hello'
console.log(s.length, s[0], s[9], s.charAt(1), s.charAt(9) === '', s.charCodeAt(0), s.charCodeAt(9), s.codePointAt(0), s.at(-1), s.at(9))
console.log('a' + 'b', 'a'.concat('b', 1), "it's", 'say "hi"', `back\`tick`, 'tab\tnl\\n', '\x41\u0042\u{43}\u{1F600}', 'line\
continued', '\0'.length, '\v\f\b'.length)
s[0] = 'J'; s.foo = 1
console.log(s, s.foo)
console.log('abc' < 'abd', 'a' === 'a', 'ab' === 'a' + 'b', 'é'.length, '😀'.length, [...'a😀b'])
for (const c of 'h😀') console.log(c, c.length)
