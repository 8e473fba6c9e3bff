function f(a, b) { return [this && this.n, a, b] }
console.log(f.call({ n: 1 }, 2, 3), f.apply({ n: 1 }, [2, 3]), f.apply({ n: 4 }), f.bind({ n: 5 }, 6)(7))
const b = f.bind({ n: 1 }, 'x').bind({ n: 2 }, 'y')
console.log(b(), b.name, b.length, f.bind().length)
function P(x, y) { this.x = x; this.y = y }
const Q = P.bind(null, 1)
const q = new Q(2)
console.log(q, q instanceof P, q instanceof Q)
