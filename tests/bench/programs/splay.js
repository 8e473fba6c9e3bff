// A splay tree under churn: insert, look up the newest, remove the greatest below; each node carries a small payload.
class Node {
  constructor(key, value) {
    this.key = key;
    this.value = value;
    this.left = null;
    this.right = null;
  }
}

class SplayTree {
  constructor() { this.root = null; }
  splay(key) {
    let current = this.root;
    if (current === null) return;
    const dummy = new Node(0, null);
    let left = dummy, right = dummy;
    for (;;) {
      if (key < current.key) {
        if (current.left === null) break;
        if (key < current.left.key) {
          const child = current.left;
          current.left = child.right;
          child.right = current;
          current = child;
          if (current.left === null) break;
        }
        right.left = current;
        right = current;
        current = current.left;
      } else if (key > current.key) {
        if (current.right === null) break;
        if (key > current.right.key) {
          const child = current.right;
          current.right = child.left;
          child.left = current;
          current = child;
          if (current.right === null) break;
        }
        left.right = current;
        left = current;
        current = current.right;
      } else break;
    }
    left.right = current.left;
    right.left = current.right;
    current.left = dummy.right;
    current.right = dummy.left;
    this.root = current;
  }
  insert(key, value) {
    if (this.root === null) return void (this.root = new Node(key, value));
    this.splay(key);
    if (this.root.key === key) return;
    const node = new Node(key, value);
    if (key > this.root.key) {
      node.left = this.root;
      node.right = this.root.right;
      this.root.right = null;
    } else {
      node.right = this.root;
      node.left = this.root.left;
      this.root.left = null;
    }
    this.root = node;
  }
  find(key) {
    if (this.root === null) return null;
    this.splay(key);
    return this.root.key === key ? this.root : null;
  }
  remove(key) {
    this.splay(key);
    const removed = this.root;
    if (removed.key !== key) return null;
    if (removed.left === null) this.root = removed.right;
    else {
      const right = removed.right;
      this.root = removed.left;
      this.splay(key);
      this.root.right = right;
    }
    return removed;
  }
  greatestBelow(key) {
    this.splay(key);
    if (this.root.key < key) return this.root;
    let node = this.root.left;
    while (node !== null && node.right !== null) node = node.right;
    return node;
  }
}

let seed = 49734321;
function random() {
  seed = (Math.imul(seed, 1103515245) + 12345) & 0x7fffffff;
  return seed;
}
function payload(depth, tag) {
  if (depth === 0) return { list: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9], text: "leaf " + tag };
  return { left: payload(depth - 1, tag), right: payload(depth - 1, tag) };
}

const tree = new SplayTree();
function insertNew() {
  let key;
  do key = random(); while (tree.find(key) !== null);
  tree.insert(key, payload(3, key));
  return key;
}

for (let i = 0; i < 2000; i++) insertNew();
let removed = 0;
for (let i = 0; i < 12000; i++) {
  const key = insertNew();
  const below = tree.greatestBelow(key);
  if (below !== null) removed += tree.remove(below.key).key % 10;
  else tree.remove(key);
}
console.log("removed", removed, "root", tree.root.key);
