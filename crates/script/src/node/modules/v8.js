'use strict'
// The module `v8`: the heap's figures and snapshots. Intrinsics:
//   $heapFigures()  [committed, used, limit, external]
//   $spaceFigures() three figures a space: new, old, new large, large: committed, used, available
//   $setFlag(flag)  false: there is no such flag
//   $gcProfileStart(), $gcProfileStop(start)  the collections between the two
//   $instances(prototype)  what the roots reach of the objects that inherit from it

const SPACES = ['new_space', 'old_space', 'new_large_object_space', 'large_object_space']

const getHeapStatistics = () => heapStatistics(...$heapFigures())

function heapStatistics(committed, used, limit, external) {
  return {
    total_heap_size: committed,
    total_heap_size_executable: 0,
    total_physical_size: committed,
    total_available_size: $Math.max(0, limit - used),
    used_heap_size: used,
    heap_size_limit: limit,
    malloced_memory: 0,
    peak_malloced_memory: 0,
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: external,
  }
}

const getHeapSpaceStatistics = () => heapSpaceStatistics($spaceFigures())

function heapSpaceStatistics(figures) {
  const space = (name) => {
    const at = SPACES.indexOf(name) * 3
    const [size, used, available] = at < 0 ? [0, 0, 0] : figures.slice(at, at + 3)
    return {
      space_name: name,
      space_size: size,
      space_used_size: used,
      space_available_size: available,
      physical_space_size: size,
    }
  }
  return [
    'read_only_space',
    'new_space',
    'old_space',
    'code_space',
    'shared_space',
    'new_large_object_space',
    'large_object_space',
    'code_large_object_space',
    'shared_large_object_space',
  ].map(space)
}

// The names that GCProfiler has for the same figures, and their order.
const PROFILED = [
  'total_heap_size', 'total_heap_size_executable', 'total_physical_size', 'total_available_size', 'total_global_handles_size',
  'used_global_handles_size', 'used_heap_size', 'heap_size_limit', 'malloced_memory', 'external_memory', 'peak_malloced_memory',
]

function inCamelCase(statistics, names = $Object.keys(statistics)) {
  const camel = {}
  for (const name of names) camel[name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())] = statistics[name]
  return camel
}

function profiledHeap([limit, external, ...spaces]) {
  const sum = (first) => spaces.reduce((total, figure, at) => (at % 3 === first ? total + figure : total), 0)
  return {
    heapStatistics: inCamelCase(heapStatistics(sum(0), sum(1), limit, external), PROFILED),
    heapSpaceStatistics: heapSpaceStatistics(spaces).map((space) => inCamelCase(space)),
  }
}

// Node's profiler of collections (Node: lib/v8.js, src/node_v8.cc).
class GCProfiler {
  #start
  #startTime
  start() {
    if (this.#start !== undefined) return
    this.#startTime = $globalThis.Date.now()
    this.#start = $gcProfileStart()
  }
  stop() {
    if (this.#start === undefined) return undefined
    const statistics = $gcProfileStop(this.#start).map(([isScavenge, cost, ...figures]) => ({
      gcType: isScavenge ? 'Scavenge' : 'MarkSweepCompact',
      beforeGC: profiledHeap(figures.slice(0, figures.length / 2)),
      cost,
      afterGC: profiledHeap(figures.slice(figures.length / 2)),
    }))
    this.#start = undefined
    return { version: 1, startTime: this.#startTime, statistics, endTime: $globalThis.Date.now() }
  }
}

function queryObjects(constructor, options = {}) {
  if (typeof constructor !== 'function') throw $Helpers.argumentTypeError('constructor', ['function'], constructor)
  if (options === null || typeof options !== 'object') throw $Helpers.argumentTypeError('options', ['object'], options)
  const { format = 'count' } = options
  if (format !== 'count' && format !== 'summary') {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE', `The property 'options.format' is invalid. Received ${$inspect(format, 2, false)}`)
  }
  const found = $instances(constructor.prototype)
  return format === 'count' ? found.length : found.map((object) => $inspect(object, 0, false))
}

// Flags that this engine does not have are passed over, as V8 passes over unknown ones with a message.
function setFlagsFromString(flags) {
  if (typeof flags !== 'string') {
    const error = new $TypeError(`The "flags" argument must be of type string. Received ${$received(flags)}`)
    error.code = 'ERR_INVALID_ARG_TYPE'
    throw error
  }
  for (const flag of flags.split(' ')) {
    if (flag !== '' && !$setFlag(flag)) $writeText(2, `Error: unrecognized flag ${flag}\n`)
  }
}

function checkOptions(options = {}) {
  if (options === null || typeof options !== 'object') throw $Helpers.argumentTypeError('options', ['object'], options)
  for (const name of ['exposeInternals', 'exposeNumericValues']) {
    const value = options[name]
    if (value !== undefined && typeof value !== 'boolean') throw $Helpers.argumentTypeError(`options.${name}`, ['boolean'], value)
  }
}

function writeHeapSnapshot(filename, options) {
  const snapshots = require('internal/heap_snapshot')
  const name = filename === undefined ? undefined : require('internal/fs_values').pathOf(filename)
  checkOptions(options)
  return snapshots.write(name === undefined ? snapshots.defaultName() : name)
}

function getHeapSnapshot(options) {
  checkOptions(options)
  return require('internal/heap_snapshot').stream()
}

module.exports = {
  getHeapStatistics,
  getHeapSpaceStatistics,
  setFlagsFromString,
  getHeapCodeStatistics: () => ({
    code_and_metadata_size: 0,
    bytecode_and_metadata_size: 0,
    external_script_source_size: 0,
    cpu_profiler_metadata_size: 0,
  }),
  GCProfiler,
  queryObjects,
  writeHeapSnapshot,
  getHeapSnapshot,
  serialize: (value) => require('internal/serdes').serialize(value),
  deserialize: (buffer) => require('internal/serdes').deserialize(buffer),
}
