'use strict'
// The module `v8`: the heap's figures and snapshots. Intrinsics:
//   $heapFigures()  [committed, used, limit, external]
//   $spaceFigures() four figures a space: new, old, new large, large: committed, used, available, capacity
//   $setFlag(flag)  false: there is no such flag

const SPACES = ['new_space', 'old_space', 'new_large_object_space', 'large_object_space']

function getHeapStatistics() {
  const [committed, used, limit, external] = $heapFigures()
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

function getHeapSpaceStatistics() {
  const figures = $spaceFigures()
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
  writeHeapSnapshot,
  getHeapSnapshot,
  serialize: (value) => require('internal/serdes').serialize(value),
  deserialize: (buffer) => require('internal/serdes').deserialize(buffer),
}
