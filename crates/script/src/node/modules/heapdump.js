'use strict'
// The module `heapdump` (npm, 0.3): snapshots into files when the script says so, or at the signal SIGUSR2.

const snapshots = require('internal/heap_snapshot')

// The original divides nanoseconds by a million and calls the parts seconds and microseconds.
function defaultName() {
  const now = $nowNs()
  return `heapdump-${$Math.floor(now / 1e6)}.${now % 1e6}.heapsnapshot`
}

// Returns whether it could be written; the callback is called before that.
function writeSnapshot(filename, callback) {
  if (typeof filename === 'function') {
    callback = filename
    filename = undefined
  }
  const name = typeof filename === 'string' ? filename : defaultName()
  let failure = null
  try {
    snapshots.write(name)
  } catch (error) {
    failure = new $Error(`heapdump write error ${error.code}`)
  }
  if (callback) failure === null ? callback(null, name) : callback(failure)
  return failure === null
}

const options = `${$process.env.NODE_HEAPDUMP_OPTIONS || ''}`.split(/\s*,\s*/)
if (!options.includes('nosignal')) $process.on('SIGUSR2', () => writeSnapshot())

module.exports = { writeSnapshot }
