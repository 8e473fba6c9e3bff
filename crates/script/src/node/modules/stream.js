'use strict'
// The module `stream`. What few programs use is loaded when it is asked for.

const { Stream } = require('internal/streams/legacy')
const Readable = require('internal/streams/readable')
const Writable = require('internal/streams/writable')
const Duplex = require('internal/streams/duplex')
const { Transform, PassThrough } = require('internal/streams/transform')
const finished = require('internal/streams/finished')
const { pipeline } = require('internal/streams/pipeline')
const { addAbortSignal } = require('internal/streams/operators')
const { getDefaultHighWaterMark, setDefaultHighWaterMark } = require('internal/streams/shared')
const { isDestroyed, isDisturbed, isErrored, isReadable, isWritable, destroyStream } = require('internal/streams/states')

$Object.assign(Stream, {
  isDestroyed,
  isDisturbed,
  isErrored,
  isReadable,
  isWritable,
  Readable,
  Writable,
  Duplex,
  Transform,
  PassThrough,
  duplexPair: (options) => require('internal/streams/compose').duplexPair(options),
  pipeline,
  addAbortSignal,
  finished,
  destroy: destroyStream,
  compose: (...stages) => $callList(require('internal/streams/compose').compose, undefined, stages),
  setDefaultHighWaterMark,
  getDefaultHighWaterMark,
})
Duplex.from = (body) => require('internal/streams/compose').duplexFrom(body, 'body')
$Object.defineProperty(Stream, 'promises', { configurable: true, enumerable: true, get: () => require('stream/promises') })
Stream.Stream = Stream
for (const name of ['pipeline', 'finished']) {
  $Object.defineProperty(Stream[name], $Symbol.for('nodejs.util.promisify.custom'), {
    configurable: true,
    enumerable: true,
    get: () => require('stream/promises')[name],
  })
}

module.exports = Stream
