// HeapDiff tells by class what has come and what has gone between two moments.

const { HeapDiff } = require("memwatch-next");

class Ticket {
  constructor(number) {
    this.number = number;
    this.holder = { name: "visitor " + number };
  }
}

const open = [];
for (let i = 0; i < 300; i++) open.push(new Ticket(i));

const diff = new HeapDiff();

for (let i = 0; i < 1000; i++) open.push(new Ticket(i)); // 1000 new ones
open.splice(0, 300); // 300 old ones are done

const { change } = diff.end();
console.log(`${change.allocated_nodes} objects more, ${change.freed_nodes} gone, ${change.size}`);
for (const { what, size, "+": added, "-": gone } of change.details) {
  if (added > 50 || gone > 50) console.log(`${what.padEnd(8)} +${added} -${gone} ${size}`);
}
