// A search tree of class instances, with inserting and removing.
class Entry {
  constructor(key) {
    this.key = key;
    this.left = null;
    this.right = null;
  }
}
class Tagged extends Entry {
  constructor(key, tag) {
    super(key);
    this.tag = tag;
    this.history = [key];
  }
}
class Tree {
  constructor() {
    this.root = null;
    this.size = 0;
  }
  insert(node) {
    node.left = node.right = null;
    this.size++;
    if (this.root === null) { this.root = node; return; }
    let at = this.root;
    for (;;) {
      if (node.key < at.key) {
        if (at.left === null) { at.left = node; return; }
        at = at.left;
      } else {
        if (at.right === null) { at.right = node; return; }
        at = at.right;
      }
    }
  }
  removeMin() {
    let parent = null;
    let at = this.root;
    while (at.left !== null) { parent = at; at = at.left; }
    if (parent === null) this.root = at.right; else parent.left = at.right;
    this.size--;
    return at;
  }
}
let seed = 42;
const next = () => (seed = (seed * 16807) % 2147483647) & 0xffffff;
const tree = new Tree();
for (let i = 0; i < 20000; i++) tree.insert(i % 3 === 0 ? new Tagged(next(), { of: i }) : new Entry(next()));
let sum = 0;
for (let i = 0; i < 300000; i++) {
  sum = (sum + tree.removeMin().key) % 1000003;
  tree.insert(i % 3 === 0 ? new Tagged(next() + i * 60, { of: i }) : new Entry(next() + i * 60));
}
console.log(sum, tree.size);
