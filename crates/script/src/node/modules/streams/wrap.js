'use strict'
// readable.wrap(stream): a stream of the old kind, which knows only `data`, `end`, `pause` and `resume`, as a Readable.

const { errorOrDestroy } = require('internal/streams/shared')

module.exports = function wrap(readable, old) {
  let paused = false
  old.on('data', (chunk) => {
    if (!readable.push(chunk) && old.pause) {
      paused = true
      old.pause()
    }
  })
  old.on('end', () => readable.push(null))
  old.on('error', (error) => errorOrDestroy(readable, error))
  old.on('close', () => readable.destroy())
  old.on('destroy', () => readable.destroy())
  readable._read = () => {
    if (!paused || !old.resume) return
    paused = false
    old.resume()
  }
  for (const name of $Object.keys(old)) {
    if (readable[name] === undefined && typeof old[name] === 'function') readable[name] = old[name].bind(old)
  }
  return readable
}
