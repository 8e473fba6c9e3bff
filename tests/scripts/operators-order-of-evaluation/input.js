const log = []
const t = (n, v) => { log.push(n); return v }
const o = { f(a, b) { return a + b } }
t('o', o)[t('k', 'f')](t('a', 1), t('b', 2))
t('x', {})[t('y', 'p')] = t('z', 1)
t(1, 1) + t(2, 2) * t(3, 3)
console.log(log.join())
let i = 1
const a = [i, i++, i, ++i]
console.log(a, i + i++ + i)
let s = 1
s += (s = 5, 10)
console.log(s)
