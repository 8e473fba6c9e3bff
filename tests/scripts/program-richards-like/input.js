function Scheduler() { this.queue = []; this.count = 0 }
Scheduler.prototype.add = function (id, priority, work) { var t = new Task(this, id, priority, work); this.queue.push(t); this.queue.sort(function (a, b) { return b.priority - a.priority }); return t }
Scheduler.prototype.run = function () { while (this.queue.length) { var t = this.queue.shift(); this.count++; if (t.step()) { t.priority--; this.queue.push(t); this.queue.sort(function (a, b) { return b.priority - a.priority || a.id - b.id }) } } return this.count }
function Task(s, id, priority, work) { this.s = s; this.id = id; this.priority = priority; this.work = work; this.log = [] }
Task.prototype.step = function () { this.log.push(this.work); return --this.work > 0 }
var s = new Scheduler(), ts = []
for (var i = 0; i < 6; i++) ts.push(s.add(i, i % 3, 1 + i * 2 % 5))
console.log(s.run(), ts.map(function (t) { return t.id + ':' + t.log.join('') }).join(' '))
