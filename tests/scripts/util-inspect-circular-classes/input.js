class Node { constructor(v) { this.v = v; this.next = null; this.owner = null } }
const a = new Node(1), b = new Node(2)
a.next = b; b.next = a; b.owner = { list: [a, b] }
console.log(a)
const tree = { name: 'root', children: [] }; tree.children.push({ name: 'leaf', parent: tree, up: { up: tree } })
console.log(tree)
const m = new Map([['self', null]]); m.set('self', m); m.set('arr', [m])
console.log(m)
const f = function named() {}; f.me = f; f.list = [f]
console.log(f)
console.log([[a]], { deep: { deeper: { deepest: { gone: a } } } })
const e = new Error('with self'); e.self = e; delete e.stack; e.stack = 'Error: with self'
console.log(e)
