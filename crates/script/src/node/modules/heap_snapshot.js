'use strict'
// Heap snapshots as files of the session, for `v8` and `heapdump`. Intrinsic:
//   $snapshotWrite(path, now, temporary)  the code of an error, or undefined; one that is temporary is the script's own

const path = require('path')
const { failure } = require('internal/fs_values')
const { Date } = $globalThis

const TEMPORARY = true
const two = (number) => `${number}`.padStart(2, '0')
let written = 0
let temporary = 0

function write(name, isTemporary = false) {
  const code = $snapshotWrite(path.resolve(name), Date.now(), isTemporary)
  if (typeof code === 'string') throw failure(code, 'open', name)
  return name
}

// Node: DiagnosticFilename::MakeFilename, src/node.cc. Process 1, thread 0.
function defaultName() {
  const now = new Date()
  const date = `${now.getFullYear()}${two(now.getMonth() + 1)}${two(now.getDate())}`
  const time = `${two(now.getHours())}${two(now.getMinutes())}${two(now.getSeconds())}`
  return `Heap.${date}.${time}.${$process.pid}.0.${`${++written}`.padStart(3, '0')}.heapsnapshot`
}

// A file of whoever asks for it, who also removes it.
function writeTemporary() {
  return write(`/tmp/${++temporary}.heapsnapshot`, TEMPORARY)
}

// The snapshot as something to read. Its file is there only for as long as it is read.
function stream() {
  const fs = require('fs')
  const name = writeTemporary()
  return fs.createReadStream(name).once('close', () => fs.unlinkSync(name))
}

module.exports = { write, writeTemporary, defaultName, stream }
