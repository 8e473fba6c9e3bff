'use strict'
// What the collector has done, for the modules that tell scripts of it: an emitter of `gc`, and of `stats` and `leak` once
// memwatch has asked for them, each with a list of figures. Intrinsics:
//   $gcWatch(immediate)  from now on collections are noted, and the immediate is run after them
//   $gcReports(now)      what has been noted: [event, figure, ...] each

const EventEmitter = require('events')

const collections = new EventEmitter()

$gcWatch($setImmediate(() => {
  for (const [event, ...figures] of $gcReports($globalThis.Date.now())) collections.emit(event, figures)
}))

module.exports = collections
