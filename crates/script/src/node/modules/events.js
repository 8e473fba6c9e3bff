'use strict'
// The module `events`: EventEmitter itself is in `prelude/events.js`.

module.exports = $Helpers.EventEmitter
