// v8.GCProfiler: what it tells of each collection, and its two calls in other orders.
const v8 = require('v8')

const profiler = new v8.GCProfiler()
console.log(profiler, profiler.stop())
profiler.start()
profiler.start()
gc()
gc({ type: 'minor' })
const other = new v8.GCProfiler()
other.start()
gc()
const first = profiler.stop(), second = other.stop()
console.log(Object.keys(first), first.version, first.endTime >= first.startTime, Number.isInteger(first.startTime))
console.log(first.statistics.map(({ gcType }) => gcType), second.statistics.length, profiler.stop())

const [entry] = first.statistics
console.log(Object.keys(entry), entry.cost > 0)
for (const heap of [entry.beforeGC, entry.afterGC]) {
  console.log(Object.keys(heap), Object.keys(heap.heapStatistics), heap.heapSpaceStatistics.map(({ spaceName }) => spaceName))
  console.log(Object.keys(heap.heapSpaceStatistics[0]), heap.heapSpaceStatistics.every((space) => Object.values(space).slice(1).every(Number.isInteger)))
}
const used = ({ heapStatistics }) => heapStatistics.usedHeapSize
console.log(used(entry.beforeGC) > used(entry.afterGC), entry.beforeGC.heapStatistics.heapSizeLimit === v8.getHeapStatistics().heap_size_limit)
profiler.start()
console.log(profiler.stop().statistics)
