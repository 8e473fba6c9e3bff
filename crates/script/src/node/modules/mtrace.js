'use strict'
// The modules `mtrace` (npm, 1.0) and `node-mtrace`: what is allocated outside the heap, as a log in glibc's format. The file
// lies in the session. Intrinsics:
//   $mallocTrace(on)  blocks are noted from now on, or no more
//   $mallocLines()    the lines since the last call

const fs = require('fs')

let file, count = 0

function flush(more) {
  if (file !== undefined) fs.appendFileSync(file, $mallocLines() + more)
}

// Begins a log. A second call while one is written only answers with a name, as the original does.
function mtrace(name) {
  const chosen = typeof name === 'string' ? name : `mtrace.${$process.pid}.${count++}`
  if (file === undefined) {
    fs.writeFileSync(chosen, '= Start\n')
    file = chosen
    $mallocTrace(true)
  }
  return chosen
}

function muntrace() {
  flush('= End\n')
  file = undefined
  $mallocTrace(false)
}

$process.on('exit', () => flush(''))

module.exports = { mtrace, muntrace, gc: () => $globalThis.gc() }
