'use strict'
// What `Error.prepareStackTrace` gets of each frame (V8's stack trace API): a CallSite. Intrinsic:
//   $stackFrames(error)   of each frame its text, as the stack shows it, its receiver and its function; then the stack is text

class CallSite {
  #text
  #name
  #file = null
  #line = null
  #column = null
  #receiver
  #function
  constructor(text, receiver, callee) {
    const place = /^(?:(.*) \()?(.*?)(?::(\d+):(\d+))?\)?$/.exec(text)
    this.#text = text
    this.#name = place[1] ?? ''
    if (place[3] !== undefined) {
      this.#file = place[2]
      this.#line = +place[3]
      this.#column = +place[4]
    }
    this.#receiver = receiver
    this.#function = callee
  }
  getFileName() { return this.#file }
  getScriptNameOrSourceURL() { return this.#file }
  getLineNumber() { return this.#line }
  getColumnNumber() { return this.#column }
  getEnclosingLineNumber() { return this.#line }
  getEnclosingColumnNumber() { return this.#column }
  getPosition() { return 0 }
  getScriptHash() { return '' }
  getFunction() { return undefined }
  getThis() { return undefined }
  getFunctionName() {
    if (this.#name === 'Object.<anonymous>') return null
    return this.#function?.name || null
  }
  getTypeName() {
    if (this.isToplevel() || this.isConstructor()) return null
    if (typeof this.#receiver === 'function') return 'Function'
    return this.#receiver.constructor?.name || 'Object'
  }
  getMethodName() {
    if (this.isToplevel() || this.isConstructor()) return null
    for (let at = $Object(this.#receiver); at !== null; at = $Object.getPrototypeOf(at)) {
      for (const key of $Object.getOwnPropertyNames(at)) {
        const { value, get, set } = $Object.getOwnPropertyDescriptor(at, key)
        if ([value, get, set].includes(this.#function)) return key
      }
    }
    return null
  }
  getEvalOrigin() { return undefined }
  getPromiseIndex() { return null }
  isToplevel() {
    return !this.isConstructor() && (this.#receiver === undefined || this.#receiver === null || this.#receiver === $globalThis)
  }
  isConstructor() { return this.#name.startsWith('new ') }
  isNative() { return false }
  isEval() { return false }
  isAsync() { return this.#name.startsWith('async ') }
  isPromiseAll() { return false }
  toString() { return this.#text }
}

module.exports = {
  prepareStack(error) {
    const frames = $stackFrames(error), sites = []
    for (let i = 0; i < frames.length; i += 3) sites.push(new CallSite(frames[i], frames[i + 1], frames[i + 2]))
    const value = $Error.prepareStackTrace(error, sites)
    $Object.defineProperty(error, 'stack', { value, writable: true, enumerable: false, configurable: true })
    return value
  },
}
