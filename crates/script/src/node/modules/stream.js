'use strict'
// The module `stream`.

const Stream = require('internal/streams/legacy')
const Readable = require('internal/streams/readable')
const Writable = require('internal/streams/writable')
const Duplex = require('internal/streams/duplex')
const { Transform, PassThrough } = require('internal/streams/transform')
const finished = require('internal/streams/finished')
const { pipeline } = require('internal/streams/pipeline')
const { defaultHighWaterMark } = require('internal/streams/shared')

$Object.assign(Stream, {
  Stream,
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  finished,
  pipeline,
  getDefaultHighWaterMark: (objectMode) => (objectMode ? 16 : defaultHighWaterMark),
})
$Object.defineProperty(Stream, 'promises', { configurable: true, enumerable: true, get: () => require('stream/promises') })

module.exports = Stream
