const [a, , b = 5, ...rest] = [1, 2, undefined, 4, 5]
console.log(a, b, rest)
let x = 1, y = 2;
[x, y] = [y, x]
console.log(x, y)
const [[p, [q]], r = p] = [[1, [2]]]
console.log(p, q, r)
const [c, d] = 'hi'; const [e] = []; console.log(c, d, e)
const o = {}; [o.a, o['b']] = [1, 2]; console.log(o)
try { const [z] = null } catch (e) { console.log(e.message) }
try { const [z] = {} } catch (e) { console.log(e.message) }
try { const [z] = undefined } catch (e) { console.log(e.message) }
