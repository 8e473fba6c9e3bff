const a = 1, k = 'dyn'
const o = { a, 'quoted key': 2, 3: 'three', [k + 'amic']: 4, m() { return this.a }, get g() { return this.a + 10 }, set g(v) { this.a = v }, async: 1, get: 2, set: 3, static: 4, new: 5, if: 6 }
console.log(o)
console.log(o.m(), o.g, (o.g = 5, o.a), o.new + o.if, o['3'], o[3])
console.log({ ...o, a: 'z' }.a, { a: 1, a: 2 }, { __proto__: null }, { ['__proto__']: 1 })
