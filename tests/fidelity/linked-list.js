// A doubly linked list with churn in the middle.
const head = { value: -1, next: null, previous: null };
head.next = head.previous = head;
let size = 0;
function insertAfter(node, value) {
  const fresh = { value, next: node.next, previous: node };
  node.next.previous = fresh;
  node.next = fresh;
  size++;
  return fresh;
}
function remove(node) {
  node.previous.next = node.next;
  node.next.previous = node.previous;
  size--;
}
let cursor = head;
let sum = 0;
for (let i = 0; i < 600000; i++) {
  cursor = insertAfter(cursor, { n: i, text: i % 10 === 0 ? 'item ' + i : null });
  if (size > 15000) {
    const old = i % 3 === 0 ? head.next : head.previous;
    if (old !== cursor) {
      sum = (sum + old.value.n) % 65521;
      remove(old);
    }
  }
  if (i % 97 === 0) cursor = head;
}
console.log(size, sum);
