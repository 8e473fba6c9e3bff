// Holes are filled by what the prototype has, getters too.
let asked = 0
Object.defineProperty(Array.prototype, 1, { get() { asked++; return 'hole of ' + this.length }, configurable: true })
let seen = ''
for (const v of [1, , 3]) seen += v + ' '
const spread = [...[1, , 3]].join(), set = [...new Set([0, , 2])].length, [a, b] = [0, , 2]
function* all() { yield* [7, , 9] }
let given = ''
for (const v of all()) given += v + ' '
const most = Math.max(...[1, , 3])
delete Array.prototype[1]
console.log(seen, spread, set, a, b, given, most, asked)
