'use strict'
// The module `events`: EventEmitter itself is in `prelude/events.js`.

const EventEmitter = module.exports = $Helpers.EventEmitter

// An emitter whose listeners run as the callbacks of a resource of its own. `async_hooks` is for those who ask.
function emitterOfResource() {
  const { AsyncResource } = require('async_hooks')
  class EventEmitterReferencingAsyncResource extends AsyncResource {
    #emitter
    constructor(emitter, type, options) {
      super(type, options)
      this.#emitter = emitter
    }
    get eventEmitter() { return this.#emitter }
  }
  return class EventEmitterAsyncResource extends EventEmitter {
    #resource
    constructor(options) {
      let name
      if (typeof options === 'string') {
        name = options
        options = undefined
      } else {
        name = options?.name || new.target.name
      }
      super(options)
      this.#resource = new EventEmitterReferencingAsyncResource(this, name, options)
    }
    emit(event, ...args) {
      return this.#resource.runInAsyncScope(super.emit, this, event, ...args)
    }
    emitDestroy() { this.#resource.emitDestroy() }
    get asyncId() { return this.#resource.asyncId() }
    get triggerAsyncId() { return this.#resource.triggerAsyncId() }
    get asyncResource() { return this.#resource }
  }
}

let asyncResourceClass
$Object.defineProperty(EventEmitter, 'EventEmitterAsyncResource', {
  get: () => asyncResourceClass ??= emitterOfResource(),
  enumerable: true,
  configurable: true,
})
