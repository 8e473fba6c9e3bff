// perf_hooks: only what does not depend on how long things take.
const { performance, PerformanceObserver, constants } = require('perf_hooks')
console.log(performance === globalThis.performance, constants.NODE_PERFORMANCE_GC_MAJOR, constants.NODE_PERFORMANCE_GC_MINOR)
const observer = new PerformanceObserver((list, self) => {
  for (const entry of list.getEntries()) console.log(entry.entryType, entry.name, entry.duration >= 0, entry.detail)
  console.log(list.getEntriesByType('mark').length, list.getEntriesByName('work').length, self === observer)
})
observer.observe({ entryTypes: ['mark', 'measure', 'function'] })
performance.mark('start')
performance.mark('end', { detail: { step: 1 } })
const measure = performance.measure('work', 'start', 'end')
console.log(measure.name, measure.entryType, measure.duration >= 0, measure.detail)
console.log(performance.measure('fixed', { start: 0, end: 3 }).duration, performance.measure('long', { start: 0, duration: 7 }).duration)
console.log(performance.timerify(function add(a, b) { return a + b })(1, 2))
console.log(performance.getEntriesByType('mark').map((entry) => entry.name), performance.getEntriesByName('fixed').length)
performance.clearMarks('start')
performance.clearMeasures()
console.log(performance.getEntries().map((entry) => entry.name))
for (const wrong of [() => performance.measure('m', 'none'), () => performance.mark(), () => new PerformanceObserver(),
  () => observer.observe(), () => new PerformanceObserver(() => {}).observe({}), () => performance.timerify(1)]) {
  try {
    wrong()
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}
// Those that were asked for: the heap's own come when they must.
const asked = []
const collections = new PerformanceObserver((list) => {
  for (const { name, entryType, detail } of list.getEntries()) {
    if (detail.flags === constants.NODE_PERFORMANCE_GC_FLAGS_FORCED) asked.push([name, entryType, detail.kind, detail.flags])
  }
})
collections.observe({ entryTypes: ['gc'] })
setImmediate(() => {
  gc()
  gc({ type: 'minor' })
  setTimeout(() => {
    collections.disconnect()
    console.log(asked)
  }, 20)
})
