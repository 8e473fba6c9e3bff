'use strict'
// The module `worker_threads`, as far as one thread goes: this is the main one, and there is no other.

const { BroadcastChannel, MessageChannel, MessagePort, receiveMessageOnPort } = require('internal/message_port')
const environment = new $Map()
const untransferable = new $WeakSet()

class Worker {
  constructor() {
    throw $Helpers.nodeError('Error', 'ERR_FEATURE_UNAVAILABLE_ON_PLATFORM', 'Worker is not available: there is one thread with one heap')
  }
}

module.exports = {
  isMainThread: true,
  MessagePort,
  MessageChannel,
  markAsUntransferable(object) {
    if ($isObject(object)) untransferable.add(object)
  },
  isMarkedAsUntransferable: (object) => untransferable.has(object),
  moveMessagePortToContext: (port) => port,
  receiveMessageOnPort,
  resourceLimits: {},
  threadId: 0,
  SHARE_ENV: $Symbol.for('nodejs.worker_threads.SHARE_ENV'),
  Worker,
  parentPort: null,
  workerData: null,
  BroadcastChannel,
  setEnvironmentData(key, value) {
    if (value === undefined) environment.delete(key)
    else environment.set(key, value)
  },
  getEnvironmentData: (key) => environment.get(key),
}
