// Each connection starts a heartbeat. Half of them forget
// to stop it when the connection closes.

class Connection {
  constructor(id) {
    this.id = id;
    this.buffer = new Array(500).fill(id);
    this.heartbeat = setInterval(() => this.ping(), 60000);
  }
  ping() { return this.buffer.length; }
  close() { clearInterval(this.heartbeat); }
}

gc();
const before = process.memoryUsage().heapUsed;
for (let id = 0; id < 1000; id++) {
  const connection = new Connection(id);
  if (id % 2 === 0) connection.close();
}
gc();
const kept = Math.round((process.memoryUsage().heapUsed - before) / 4200);
console.log(kept > 450 && kept < 560 ? "about half of the connections are alive" : `${kept} are alive`);
process.exit();
