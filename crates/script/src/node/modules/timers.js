'use strict'
// The module `timers`: the globals under one name.

module.exports = {
  setTimeout: $setTimeout,
  clearTimeout: $clearTimeout,
  setInterval: $setInterval,
  clearInterval: $clearInterval,
  setImmediate: $setImmediate,
  clearImmediate: $clearImmediate,
  get promises() {
    return require('timers/promises')
  },
}
