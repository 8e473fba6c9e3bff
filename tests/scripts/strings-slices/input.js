const s = 'abcdefghij'
console.log(s.slice(2), s.slice(-3), s.slice(2, 4), s.slice(4, 2), s.substring(4, 2), s.substring(-1, 3), s.substring(7), s.substr(2, 3), s.substr(-3, 2), s.slice(NaN, 2), s.substring(NaN, 2), s.substr(20), s.slice(1, -1))
const long = 'The quick brown fox jumps over the lazy dog'
const p = long.slice(4, 30), q = p.slice(3, 20)
console.log(p, q, q.length, q === long.slice(7, 24))
