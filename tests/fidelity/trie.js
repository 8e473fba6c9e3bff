// Words in a tree of Maps, letter by letter.
class Node { constructor() { this.children = new Map(); this.isEnd = false; this.count = 0; } }
class Trie {
  constructor() { this.root = new Node(); }
  insert(word) {
    let node = this.root;
    for (const letter of word) {
      if (!node.children.has(letter)) node.children.set(letter, new Node());
      node = node.children.get(letter);
      node.count++;
    }
    node.isEnd = true;
  }
  has(word) {
    let node = this.root;
    for (const letter of word) {
      node = node.children.get(letter);
      if (!node) return false;
    }
    return node.isEnd;
  }
}
let seed = 1;
const random = (limit) => (seed = (seed * 16807) % 2147483647) % limit;
const trie = new Trie();
let found = 0;
for (let i = 0; i < 30000; i++) {
  let word = '';
  for (let length = 4 + random(5); length > 0; length--) word += String.fromCharCode(97 + random(8));
  trie.insert(word);
  if (trie.has(word.slice(0, 4))) found++;
}
console.log(found, trie.root.children.size);
