'use strict'
// The module `semispace`: what a session has and Node has not.

const path = require('path')

module.exports = {
  // Makes a file of `size` bytes of generated text, which takes no memory: lines of 63 letters that follow from the seed.
  makeFile(name, size, seed = 1) {
    if (typeof size !== 'number' || !(size >= 0 && size <= $Number.MAX_SAFE_INTEGER)) {
      throw $Helpers.rangeErrorOf('size', `>= 0 && <= ${$Number.MAX_SAFE_INTEGER}`, size)
    }
    const code = $filePut(path.resolve(`${name}`), $Math.trunc(size), seed, $globalThis.Date.now())
    if (typeof code === 'string') throw require('internal/fs_values').failure(code, 'open', name)
  },
  // Requests to the servers of this session: `count` of them, `perSecond` in a second of virtual time, for `path`. The
  // answer is a promise of what came of them.
  load(options) {
    return require('http').load(options)
  },
}
