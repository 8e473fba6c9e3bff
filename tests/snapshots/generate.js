// Makes a real heap snapshot of about so many megabytes:
//   node generate.js FILE MEGABYTES [list]
// "list" puts a linked list of a million nodes into it.
'use strict';
const v8 = require('v8');
const [file, megabytes, kind] = process.argv.slice(2);

class User { constructor(n) { this.id = n; this.name = 'user number ' + n; this.tags = ['a' + n % 97, n / 3]; } }
class Order { constructor(user, n) { this.user = user; this.total = n * 1.5; this.lines = { n, next: null }; } }

const users = [], byName = new Map(), orders = [], meta = new WeakMap(), handlers = [];
// 1045 bytes of snapshot a round, 68 MB the list.
const rest = Number(megabytes) - 4 - (kind === 'list' ? 68 : 0);
const rounds = Math.round(Math.max(0, rest) * 1e6 / 1045);
for (let n = 0; n < rounds; n++) {
  const user = new User(n);
  users.push(user);
  byName.set(user.name, user);
  for (let k = 0; k < 2; k++) orders.push(new Order(users[(n * 7919) % users.length], n + k));
  if (n % 20 === 0) meta.set(user, { seen: [n, user] });
  if (n % 10 === 0) handlers.push(() => user.name + n);
}
let list = null;
if (kind === 'list') for (let n = 0; n < 1e6; n++) list = { value: n, next: list };
globalThis.keep = { users, byName, orders, meta, handlers, list };
v8.writeHeapSnapshot(file);
