const a = { name: 'a' }; a.self = a; console.log(a)
const b = [1]; b.push(b); console.log(b)
const x = { n: 'x' }, y = { n: 'y', x }; x.y = y; console.log(x, [x, y])
const deep = { l1: { l2: {} } }; deep.l1.l2.top = deep; deep.l1.l2.mid = deep.l1; console.log(deep)
const m = new Map(); m.set('me', m); console.log(m)
class Node { constructor() { this.parent = null; this.children = [] } }
const root = new Node, kid = new Node; kid.parent = root; root.children.push(kid); console.log(root)
const shared = { s: 1 }; console.log({ p: shared, q: shared })
