function Node(value) { this.value = value; this.next = null }
function List() { this.head = null; this.length = 0 }
List.prototype = {
  constructor: List,
  push: function (v) {
    var node = new Node(v), at
    if (!this.head) this.head = node
    else { at = this.head; while (at.next) at = at.next; at.next = node }
    return ++this.length
  },
  reverse: function () { var prev = null, at = this.head; while (at) { var next = at.next; at.next = prev; prev = at; at = next } this.head = prev; return this },
  toArray: function () { var out = [], at = this.head; while (at) { out.push(at.value); at = at.next } return out },
  each: function (f) { for (var n = this.head, i = 0; n; n = n.next, i++) if (f(n.value, i) === false) break }
}
var l = new List
for (var i = 0; i < 6; i++) l.push(i * i)
console.log(l.toArray(), l.reverse().toArray(), l.length)
l.each(function (v, i) { console.log(i, v); return v > 9 })
console.log(l.head)
