'use strict'
// The modules `v8-profiler` (npm, 5.7) and `v8-profiler-next`: heap snapshots as objects, and CPU profiles by virtual time.
// Intrinsics:
//   $profileStart(title), $profileStop(title)  the text of a .cpuprofile, or undefined
//   $profileInterval(microseconds)             false while something is recorded
//   $objectId(object), $objectWithId(id)       the id that snapshots give to an object, and back
//   $trackHeap(on)  from now on calls of $heapStats are moments
//   $heapStats()    [last id, moment, objects, bytes, ...] of the moments whose figures have changed

const fs = require('fs')
const { Stream, PassThrough } = require('stream')
const snapshots = require('internal/heap_snapshot')

const DEFAULT_INTERVAL = 1000
const CHUNK = 65536
const taken = {}
const recorded = {}
const active = []
let lastUid = 0

// Hands a text to a callback or a stream; without either the answer is a stream.
function hand(receiver, text) {
  if (typeof receiver === 'function') {
    $process.nextTick(() => receiver(null, text))
    return undefined
  }
  const stream = receiver instanceof Stream ? receiver : new PassThrough()
  $process.nextTick(() => stream.end(text))
  return stream
}

// How many nodes there are of each class, other nodes by their type.
function histogram(text) {
  const { snapshot, nodes, strings } = $JSON.parse(text)
  const { node_fields: fields, node_types: types } = snapshot.meta
  const counts = {}
  for (let at = 0; at < nodes.length; at += fields.length) {
    const type = types[0][nodes[at + fields.indexOf('type')]]
    const key = type === 'object' ? strings[nodes[at + fields.indexOf('name')]] : type
    counts[key] = (counts[key] || 0) + 1
  }
  return counts
}

class Snapshot {
  #file
  constructor(title) {
    this.typeId = 'HEAP'
    this.uid = ++lastUid
    this.title = title || `Snapshot ${this.uid}`
    this.#file = snapshots.writeTemporary()
    taken[this.uid] = this
  }
  #text() {
    return fs.readFileSync(this.#file, 'utf8')
  }
  getHeader() {
    return { typeId: this.typeId, uid: this.uid, title: this.title }
  }
  compare(other) {
    const mine = histogram(this.#text()), theirs = histogram(other.#text()), difference = {}
    for (const key of $Object.keys({ ...mine, ...theirs })) difference[key] = (theirs[key] || 0) - (mine[key] || 0)
    return difference
  }
  serialize(onChunk, onDone) {
    const text = this.#text()
    for (let at = 0; at < text.length; at += CHUNK) {
      const part = $slice(text, at, at + CHUNK)
      onChunk(part, part.length)
    }
    onDone()
  }
  export(receiver) {
    return hand(receiver, this.#text())
  }
  delete() {
    if (taken[this.uid] !== this) return
    delete taken[this.uid]
    fs.unlinkSync(this.#file)
  }
}

// The tree as the module's own files have it, from the flat list of nodes.
function treeOf(nodes) {
  const byId = new $Map()
  for (const { id, callFrame, hitCount, positionTicks } of nodes) {
    const { functionName, url, lineNumber, columnNumber, scriptId } = callFrame
    byId.set(id, {
      functionName, url, lineNumber: lineNumber + 1, columnNumber: columnNumber + 1, callUID: id, bailoutReason: '', id,
      scriptId: +scriptId, hitCount, children: [], lineTicks: positionTicks || [],
    })
  }
  for (const { id, children } of nodes) {
    for (const child of children || []) byId.get(id).children.push(byId.get(child))
  }
  return byId.get(1)
}

class CpuProfile {
  constructor(title, text) {
    this.typeId = 'CPU'
    this.uid = ++lastUid
    this.title = title || `Profile ${this.uid}`
    $Object.assign(this, $JSON.parse(text))
    this.head = treeOf(this.nodes)
    recorded[this.uid] = this
  }
  getHeader() {
    return { typeId: this.typeId, uid: this.uid, title: this.title }
  }
  export(receiver) {
    return hand(receiver, $JSON.stringify(this))
  }
  delete() {
    delete recorded[this.uid]
  }
}

const profiler = {
  get snapshots() {
    return taken
  },
  takeSnapshot(name, control) {
    if (typeof name === 'function') {
      control = name
      name = ''
    }
    const snapshot = new Snapshot(name === undefined ? '' : `${name}`)
    if (typeof control === 'function') control(1, 1)
    return snapshot
  },
  deleteAllSnapshots() {
    for (const snapshot of $Object.values(taken)) snapshot.delete()
  },
  getHeapObjectId: $objectId,
  getObjectByHeapObjectId(id) {
    const number = $Number.parseInt(id, 10)
    return number === number ? $objectWithId(number) : undefined
  },
  startTrackingHeapObjects() {
    $trackHeap(true)
  },
  stopTrackingHeapObjects() {
    $trackHeap(false)
  },
  // How many objects, and bytes, still live of those that came between two calls; V8's HeapProfiler::GetHeapStats.
  getHeapStats(iterator, callback) {
    const [last, ...figures] = $heapStats()
    const samples = []
    for (let at = 0; at < figures.length; at += 3) {
      samples.push({ index: figures[at], count: figures[at + 1], size: figures[at + 2] })
    }
    if (typeof iterator === 'function') iterator(samples)
    if (typeof callback === 'function') callback()
    return last
  },
  get profiles() {
    return recorded
  },
  // Samples are always recorded.
  startProfiling(name) {
    const title = typeof name === 'string' ? name : ''
    if (!active.includes(title)) active.push(title)
    $profileStart(title)
  },
  stopProfiling(name) {
    const title = name === undefined ? active[active.length - 1] : `${name}`
    const at = active.indexOf(title)
    if (at < 0) return undefined
    active.splice(at, 1)
    return new CpuProfile(title, $profileStop(title))
  },
  setSamplingInterval(microseconds) {
    if (!$profileInterval($Math.max(0, $Math.trunc(+microseconds)) || DEFAULT_INTERVAL)) {
      throw new $Error('setSamplingInterval must be called when there are no profiles being recorded.')
    }
  },
  deleteAllProfiles() {
    for (const profile of $Object.values(recorded)) profile.delete()
  },
}

module.exports = profiler
$process.profiler = profiler
