function SplayTree() { this.root = null; this.size = 0 }
SplayTree.prototype.splay = function (key) {
  if (!this.root) return
  var dummy = { key: null, left: null, right: null }, l = dummy, r = dummy, t = this.root
  for (; ;) {
    if (key < t.key) { if (!t.left) break; if (key < t.left.key) { var y = t.left; t.left = y.right; y.right = t; t = y; if (!t.left) break } r.left = t; r = t; t = t.left }
    else if (key > t.key) { if (!t.right) break; if (key > t.right.key) { y = t.right; t.right = y.left; y.left = t; t = y; if (!t.right) break } l.right = t; l = t; t = t.right }
    else break
  }
  l.right = t.left; r.left = t.right; t.left = dummy.right; t.right = dummy.left; this.root = t
}
SplayTree.prototype.insert = function (key, value) { var n = { key: key, value: value, left: null, right: null }; if (!this.root) { this.root = n; this.size++; return } this.splay(key); if (this.root.key === key) return; if (key > this.root.key) { n.left = this.root; n.right = this.root.right; this.root.right = null } else { n.right = this.root; n.left = this.root.left; this.root.left = null } this.root = n; this.size++ }
SplayTree.prototype.find = function (key) { this.splay(key); return this.root && this.root.key === key ? this.root.value : undefined }
SplayTree.prototype.keys = function () { var out = []; (function walk(n) { if (!n) return; walk(n.left); out.push(n.key); walk(n.right) })(this.root); return out }
var t = new SplayTree(), seed = 49734321
for (var i = 0; i < 200; i++) { seed = (seed * 16807) % 2147483647; t.insert(seed % 1000, 'v' + i) }
console.log(t.size, t.keys().slice(0, 10), t.find(t.keys()[3]), t.find(-1))
