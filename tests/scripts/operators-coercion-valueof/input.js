const o = { valueOf() { return 42 }, toString() { return 'str' } }
console.log(o + 1, `${o}`, o * 2, o > 41, o == 42, o + '', [o] + '', +o)
const p = { valueOf() { return {} }, toString() { return '7' } }
console.log(p + 1, p * 2)
try { ({ valueOf() { return {} }, toString() { return {} } }) + 1 } catch (e) { console.log(e.name + ': ' + e.message) }
const n = Object.create(null)
try { n + 1 } catch (e) { console.log(e.message) }
