'use strict'
// The base of all streams: an EventEmitter (Node: lib/internal/streams/legacy.js).

const EventEmitter = require('events')

function Stream(options) {
  EventEmitter.call(this, options)
}
$Object.setPrototypeOf(Stream.prototype, EventEmitter.prototype)
$Object.setPrototypeOf(Stream, EventEmitter)

module.exports = Stream
