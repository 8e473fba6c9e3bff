// An operating system's scheduler in the manner of Richards: tasks with queues of packets, dispatched by priority.
class Packet {
  constructor(link, owner, kind) {
    this.link = link;
    this.owner = owner;
    this.kind = kind;
    this.value = 0;
    this.data = [0, 0, 0, 0];
  }
}

function append(packet, queue) {
  packet.link = null;
  if (queue === null) return packet;
  let last = queue;
  while (last.link !== null) last = last.link;
  last.link = packet;
  return queue;
}

const READY = 0, WAITING = 1, HELD = 2;
const DEVICE = 0, WORK = 1;

class Task {
  constructor(scheduler, id, priority) {
    this.scheduler = scheduler;
    this.id = id;
    this.priority = priority;
    this.queue = null;
    this.state = WAITING;
    scheduler.add(this);
  }
  receive(packet) {
    this.queue = append(packet, this.queue);
    if (this.state === WAITING) this.state = READY;
  }
  take() {
    const packet = this.queue;
    if (packet !== null) {
      this.queue = packet.link;
      packet.link = null;
    }
    return packet;
  }
}

class Idle extends Task {
  constructor(scheduler, id, count) {
    super(scheduler, id, 0);
    this.count = count;
    this.seed = 1;
    this.state = READY;
  }
  step() {
    this.count--;
    if (this.count === 0) return this.scheduler.hold(this);
    this.seed = (this.seed & 1) === 0 ? this.seed >> 1 : (this.seed >> 1) ^ 0xd008;
    this.scheduler.release((this.seed & 1) === 0 ? 4 : 5);
  }
}

class Worker extends Task {
  constructor(scheduler, id, priority) {
    super(scheduler, id, priority);
    this.next = 2;
    this.letter = 0;
  }
  step() {
    const packet = this.take();
    if (packet === null) return void (this.state = WAITING);
    this.next = 5 - this.next;
    packet.owner = this.id;
    packet.value = 0;
    for (let i = 0; i < 4; i++) {
      this.letter = this.letter === 26 ? 1 : this.letter + 1;
      packet.data[i] = this.letter;
    }
    this.scheduler.send(this.next, packet);
  }
}

class Handler extends Task {
  constructor(scheduler, id, priority) {
    super(scheduler, id, priority);
    this.work = null;
    this.devices = null;
  }
  step() {
    const packet = this.take();
    if (packet !== null) {
      if (packet.kind === WORK) this.work = append(packet, this.work);
      else this.devices = append(packet, this.devices);
    }
    const work = this.work;
    if (work !== null) {
      if (work.value >= 4) {
        this.work = work.link;
        return this.scheduler.send(work.owner, work);
      }
      const device = this.devices;
      if (device !== null) {
        this.devices = device.link;
        device.value = work.data[work.value++];
        return this.scheduler.send(this.id + 2, device, this.id);
      }
    }
    if (this.queue === null) this.state = WAITING;
  }
}

class Device extends Task {
  constructor(scheduler, id, priority) {
    super(scheduler, id, priority);
    this.pending = null;
  }
  step() {
    const packet = this.take();
    if (packet === null) {
      const done = this.pending;
      if (done === null) return void (this.state = WAITING);
      this.pending = null;
      return this.scheduler.send(done.owner, done);
    }
    this.pending = packet;
    this.scheduler.hold(this);
  }
}

class Scheduler {
  constructor() {
    this.tasks = [];
    this.order = [];
    this.sent = 0;
    this.held = 0;
  }
  add(task) {
    this.tasks[task.id] = task;
    this.order.push(task);
    this.order.sort((a, b) => b.priority - a.priority);
  }
  send(id, packet, owner) {
    this.sent++;
    if (owner !== undefined) packet.owner = owner;
    this.tasks[id].receive(packet);
  }
  hold(task) {
    this.held++;
    task.state = HELD;
  }
  release(id) {
    const task = this.tasks[id];
    if (task.state === HELD) task.state = READY;
  }
  run() {
    for (;;) {
      let next = null;
      for (let i = 0; i < this.order.length; i++) {
        if (this.order[i].state === READY) {
          next = this.order[i];
          break;
        }
      }
      if (next === null) return;
      next.step();
    }
  }
}

let sent = 0, held = 0;
for (let round = 0; round < 40; round++) {
  const scheduler = new Scheduler();
  new Idle(scheduler, 0, 10000);
  const worker = new Worker(scheduler, 1, 1000);
  worker.receive(new Packet(null, 0, WORK));
  worker.receive(new Packet(null, 0, WORK));
  for (const id of [2, 3]) {
    const handler = new Handler(scheduler, id, 1000 * id);
    for (let i = 0; i < 3; i++) handler.receive(new Packet(null, id, DEVICE));
    new Device(scheduler, id + 2, 4000 + 1000 * id);
  }
  scheduler.run();
  sent += scheduler.sent;
  held += scheduler.held;
}
console.log("sent", sent, "held", held);
