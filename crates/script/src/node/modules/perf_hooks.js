'use strict'
// The module `perf_hooks` (Node: lib/perf_hooks.js, lib/internal/perf): marks, measures, and collections as they are observed.
// All times are virtual. Intrinsics:
//   $nowNs()   the virtual clock, in nanoseconds

const collections = require('internal/gc_events')
const own = $Symbol('own'), offered = $Symbol('offered')
const custom = $Symbol.for('nodejs.util.inspect.custom')

const now = () => $nowNs() / 1e6
const timeOrigin = $globalThis.Date.now() - $Math.trunc(now())

const constants = {}
$Object.entries({
  MAJOR: 4, MINOR: 1, INCREMENTAL: 8, WEAKCB: 16,
  FLAGS_NO: 0, FLAGS_CONSTRUCT_RETAINED: 2, FLAGS_FORCED: 4, FLAGS_SYNCHRONOUS_PHANTOM_PROCESSING: 8,
  FLAGS_ALL_AVAILABLE_GARBAGE: 16, FLAGS_ALL_EXTERNAL_MEMORY: 32, FLAGS_SCHEDULE_IDLE: 64,
}).forEach(([name, value]) => {
  $Object.defineProperty(constants, `NODE_PERFORMANCE_GC_${name}`, { value, enumerable: true })
})

class PerformanceEntry {
  #fields
  constructor(key, fields) {
    if (key !== own) illegalConstructor()
    this.#fields = fields
  }
  get name() { return this.#fields.name }
  get entryType() { return this.#fields.entryType }
  get startTime() { return this.#fields.startTime }
  get duration() { return this.#fields.duration }
  get detail() { return this.#fields.detail }
  toJSON() {
    const { name, entryType, startTime, duration, detail } = this
    return { name, entryType, startTime, duration, detail }
  }
  [custom](depth, options, inspect) {
    return depth < 0 ? this : `${this.constructor.name} ${inspect(this.toJSON(), $Helpers.innerOptions(options))}`
  }
}

function illegalConstructor() {
  throw $Helpers.nodeError('TypeError', 'ERR_ILLEGAL_CONSTRUCTOR', 'Illegal constructor')
}

// What Node itself measures. Its class is not exported.
class PerformanceNodeEntry extends PerformanceEntry {}

class PerformanceMark extends PerformanceEntry {
  constructor(name, options = {}) {
    if ($argumentCount() === 0) throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "name" argument must be specified')
    const startTime = options?.startTime === undefined ? now() : timeOf('startTime', options.startTime)
    super(own, { name: `${name}`, entryType: 'mark', startTime, duration: 0, detail: detailOf(options) })
  }
}

class PerformanceMeasure extends PerformanceEntry {}

function timeOf(name, value) {
  if (typeof value !== 'number') throw $Helpers.argumentTypeError(name, ['number'], value)
  if (value < 0) {
    throw $Helpers.nodeError('TypeError', 'ERR_PERFORMANCE_INVALID_TIMESTAMP', `${value} is not a valid timestamp`)
  }
  return value
}

const detailOf = (options) => (options?.detail === undefined || options.detail === null ? null : $globalThis.structuredClone(options.detail))

// A moment by number, or by the name of the last mark that has it.
function momentOf(mark) {
  if (typeof mark === 'number') return timeOf('mark', mark)
  const found = timeline.findLast((entry) => entry.entryType === 'mark' && entry.name === `${mark}`)
  if (found === undefined) throw new $globalThis.DOMException(`The "${mark}" performance mark has not been set`, 'SyntaxError')
  return found.startTime
}

let timeline = []
const observers = []

function record(entry) {
  if (entry.entryType === 'mark' || entry.entryType === 'measure') timeline.push(entry)
  for (const observer of observers) observer[offered](entry)
}

collections.on('gc', ([kind, startTime, duration, flags]) => {
  record(new PerformanceNodeEntry(own, { name: 'gc', entryType: 'gc', startTime, duration, detail: { kind, flags } }))
})

const inOrder = (entries) => entries.sort((a, b) => a.startTime - b.startTime)
const select = (entries, name, type) => inOrder(entries.filter((entry) => (name === undefined || entry.name === `${name}`)
  && (type === undefined || entry.entryType === `${type}`)))

class PerformanceObserverEntryList {
  #entries
  constructor(key, entries) {
    if (key !== own) illegalConstructor()
    this.#entries = inOrder(entries)
  }
  getEntries() { return [...this.#entries] }
  getEntriesByType(type) { return select(this.#entries, undefined, type) }
  getEntriesByName(name, type) { return select(this.#entries, name, type) }
}

const supported = ['function', 'gc', 'mark', 'measure']

class PerformanceObserver {
  #callback
  #types = new $Set()
  #waiting = []
  constructor(callback) {
    if (typeof callback !== 'function') throw $Helpers.argumentTypeError('callback', ['function'], callback)
    this.#callback = callback
  }
  static get supportedEntryTypes() { return [...supported] }
  observe(options = {}) {
    if (options === null || typeof options !== 'object') throw $Helpers.argumentTypeError('options', ['Object'], options)
    const { entryTypes, type, buffered } = options
    if (entryTypes === undefined && type === undefined) {
      throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "options.entryTypes" and "options.type" arguments must be specified')
    }
    if (entryTypes !== undefined && !$Array.isArray(entryTypes)) {
      throw $Helpers.argumentTypeError('options.entryTypes', ['string[]'], entryTypes)
    }
    if (entryTypes !== undefined) this.#types.clear()
    for (const wanted of entryTypes ?? [`${type}`]) if (supported.includes(wanted)) this.#types.add(wanted)
    if (this.#types.size === 0) return
    if (!observers.includes(this)) observers.push(this)
    if (entryTypes === undefined && buffered) timeline.forEach((entry) => this[offered](entry))
  }
  disconnect() {
    const at = observers.indexOf(this)
    if (at >= 0) observers.splice(at, 1)
    this.#types.clear()
    this.#waiting = []
  }
  takeRecords() {
    return this.#waiting.splice(0)
  }
  [offered](entry) {
    if (!this.#types.has(entry.entryType)) return
    // Entries that come within one turn are told of together.
    if (this.#waiting.push(entry) === 1) $setImmediate(() => this.#deliver())
  }
  #deliver() {
    const entries = this.takeRecords()
    if (entries.length > 0) $call(this.#callback, this, new PerformanceObserverEntryList(own, entries), this)
  }
}

class Performance {
  get timeOrigin() { return timeOrigin }
  now() { return now() }
  mark(name, options) {
    if ($argumentCount() === 0) throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "name" argument must be specified')
    const entry = new PerformanceMark(name, options)
    record(entry)
    return entry
  }
  measure(name, startOrOptions, endMark) {
    const options = $isObject(startOrOptions) ? startOrOptions : { start: startOrOptions, end: endMark }
    const end = options.end !== undefined ? momentOf(options.end)
      : options.start !== undefined && options.duration !== undefined ? momentOf(options.start) + options.duration : now()
    const start = options.start !== undefined ? momentOf(options.start)
      : options.duration !== undefined ? end - options.duration : 0
    const entry = new PerformanceMeasure(own, {
      name: `${name}`, entryType: 'measure', startTime: start, duration: end - start, detail: detailOf(options),
    })
    record(entry)
    return entry
  }
  clearMarks(name) { forget('mark', name) }
  clearMeasures(name) { forget('measure', name) }
  getEntries() { return select(timeline) }
  getEntriesByName(name, type) { return select(timeline, name, type) }
  getEntriesByType(type) { return select(timeline, undefined, type) }
  timerify(fn) {
    if (typeof fn !== 'function') throw $Helpers.argumentTypeError('fn', ['function'], fn)
    function timerified(...args) {
      const startTime = now()
      const result = new.target ? $construct(fn, args, fn) : $callList(fn, this, args)
      const entry = { name: fn.name, entryType: 'function', startTime, duration: now() - startTime, detail: args }
      record(new PerformanceNodeEntry(own, entry))
      return result
    }
    return $Object.defineProperties(timerified, {
      length: { value: fn.length, configurable: true },
      name: { value: `timerified ${fn.name}`, configurable: true },
    })
  }
  // The moments of the start, which takes no time here.
  get nodeTiming() {
    return {
      name: 'node', entryType: 'node', startTime: 0, duration: now(), nodeStart: 0, v8Start: 0, bootstrapComplete: 0, environment: 0,
      loopStart: -1, loopExit: -1, idleTime: 0,
    }
  }
  eventLoopUtilization() { return { idle: 0, active: 0, utilization: 0 } }
  setResourceTimingBufferSize() {}
  clearResourceTimings() {}
  toJSON() { return { nodeTiming: this.nodeTiming, timeOrigin, eventLoopUtilization: this.eventLoopUtilization() } }
  [custom](depth, options, inspect) {
    return depth < 0 ? this : `Performance ${inspect({ timeOrigin }, $Helpers.innerOptions(options))}`
  }
}

function forget(type, name) {
  timeline = timeline.filter((entry) => entry.entryType !== type || (name !== undefined && entry.name !== `${name}`))
}

for (const type of [PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList, Performance]) {
  $Object.defineProperty(type.prototype, $Symbol.toStringTag, { value: type.name, configurable: true })
}

const performance = new Performance()

module.exports = {
  Performance, PerformanceEntry, PerformanceMark, PerformanceMeasure, PerformanceObserver, PerformanceObserverEntryList,
  performance, constants,
}
