const log = []
const t = n => { log.push(n); return n }
const { a = t('a'), b = t('b'), c = a + b } = { b: 'B' }
console.log(c, log)
const [x = t('x'), y = x + '!'] = []
console.log(y, log.join())
const { fn = () => { }, cls = class { } } = {}
console.log(fn.name, cls.name)
