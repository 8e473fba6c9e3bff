'use strict'
// The modules `memwatch` and `memwatch-next`: events after full collections, and the difference of two moments of the
// heap. The arithmetic is that of crates/monitor. Intrinsics:
//   $memwatch(corrected)  from now on internal/gc_events tells of memwatch's events too
//   $heapMoment(now)      remembers the heap as it is; its number
//   $heapDiff(number, now)  what has changed since

const EventEmitter = require('events')
const collections = require('internal/gc_events')
const now = $globalThis.Date.now

const STATS = ['num_full_gc', 'num_inc_gc', 'heap_compactions', 'usage_trend', 'estimated_base', 'current_base', 'min', 'max']

const memwatch = new EventEmitter()
let corrected = false

$memwatch(corrected)
collections.on('stats', (figures) => {
  const stats = {}
  STATS.forEach((name, index) => (stats[name] = figures[index]))
  memwatch.emit('stats', stats)
})
collections.on('leak', ([start, end, growth, reason]) => {
  memwatch.emit('leak', { start: new $globalThis.Date(start), end: new $globalThis.Date(end), growth, reason })
})

class HeapDiff {
  #number = $heapMoment(now())
  #ended = false
  end() {
    if (this.#ended) throw new $Error('attempt to end() a HeapDiff that was already ended')
    this.#ended = true
    const [before, after, change, details] = $heapDiff(this.#number, now())
    return {
      before: moment(before),
      after: moment(after),
      change: {
        size_bytes: change[0],
        size: change[1],
        freed_nodes: change[2],
        allocated_nodes: change[3],
        details: details.map(([what, bytes, size, added, released]) => ({ what, size_bytes: bytes, size, '+': added, '-': released })),
      },
    }
  }
}

function moment([nodes, time, bytes, size]) {
  return { nodes, time: new $globalThis.Date(time), size_bytes: bytes, size }
}

memwatch.gc = () => $globalThis.gc()
memwatch.HeapDiff = HeapDiff
// Not in the original: true gives figures without its overflows.
$Object.defineProperty(memwatch, 'corrected', {
  enumerable: false,
  get: () => corrected,
  set(value) {
    corrected = !!value
    $memwatch(corrected)
  },
})

module.exports = memwatch
