'use strict'
// structuredClone (HTML, "safe passing of structured data"). More intrinsics:
//   $cloneKind(object)   'object', 'array', 'date' ...; 'none' for what cannot be cloned
//   $isDense(array)          it has all its elements, as words, and nothing else
//   $cloneDate(date), $cloneBuffer(buffer), $cloneView(view, buffer), $cloneError(name, message, stack)
//   $transferInto(from, to)   moves the bytes of a buffer to an empty one

class DOMException extends $Error {
  #name
  #code
  constructor(message = '', options = 'Error') {
    super(message)
    if ($isObject(options) && 'cause' in options) {
      $Object.defineProperty(this, 'cause', { value: options.cause, writable: true, enumerable: false, configurable: true })
    }
    this.#name = `${$isObject(options) ? options.name : options}`
    this.#code = codes[this.#name] || 0
  }
  get name() { return this.#name }
  get code() { return this.#code }
}
const codes = { __proto__: null, DataCloneError: 25, AbortError: 20, InvalidStateError: 11, InvalidCharacterError: 5, SyntaxError: 12, TimeoutError: 23 }

function refuse(text) {
  const error = new DOMException(`${text} could not be cloned.`, 'DataCloneError')
  $Object.defineProperty(error, 'stack', {
    value: `DOMException [DataCloneError]: ${error.message}${error.stack.slice(error.stack.indexOf('\n'))}`,
    writable: true, enumerable: false, configurable: true,
  })
  throw error
}

// Where there are message ports: they are not cloned, but pass from one to the other.
let ports

$install($Helpers, {
  passPorts(known) {
    ports = known
  },
})

function cloned(value, memory) {
  if (!$isObject(value)) {
    if (typeof value === 'symbol') refuse($describe(value))
    return value
  }
  const known = memory.get(value)
  if (known !== undefined) return known
  if ($isCallable(value)) refuse(`${value}`)
  const copy = begun(value, memory)
  memory.set(value, copy)
  return copy
}

// The copies of containers are remembered before their contents are copied: there may be a cycle.
function begun(value, memory) {
  switch ($cloneKind(value)) {
    case 'date': return $cloneDate(value)
    case 'regexp': return new $RegExp(value.source, value.flags)
    case 'wrapper': {
      const inner = $unbox(value)
      if (typeof inner === 'symbol') refuse('#<Symbol>')
      return $toObject(inner)
    }
    case 'buffer': {
      const copy = $cloneBuffer(value)
      if (copy === undefined) refuse('An ArrayBuffer is detached and')
      return copy
    }
    case 'view': return $cloneView(value, cloned(value.buffer, memory))
    case 'map': {
      const copy = new $Map(), entries = listed(value, true)
      memory.set(value, copy)
      for (let i = 0; i < entries.length; i += 2) copy.set(cloned(entries[i], memory), cloned(entries[i + 1], memory))
      return copy
    }
    case 'set': {
      const copy = new $Set(), items = listed(value, false)
      memory.set(value, copy)
      for (let i = 0; i < items.length; i++) copy.add(cloned(items[i], memory))
      return copy
    }
    case 'error': {
      const own = $Object.getOwnPropertyDescriptor(value, 'message')
      const message = own !== undefined && 'value' in own ? `${own.value}` : undefined
      const copy = $cloneError(`${value.name}`, message, value.stack)
      memory.set(value, copy)
      if ($hasOwn(value, 'cause')) {
        $Object.defineProperty(copy, 'cause', { value: cloned(value.cause, memory), writable: true, configurable: true, enumerable: false })
      }
      return copy
    }
    case 'array': {
      const copy = new $Array(value.length)
      memory.set(value, copy)
      if (!$isDense(value)) return contents(value, copy, memory)
      for (let i = 0; i < copy.length; i++) copy[i] = cloned(value[i], memory)
      return copy
    }
    case 'object':
      if (ports?.has(value)) {
        throw $Helpers.nodeError('TypeError', 'ERR_MISSING_TRANSFERABLE_IN_TRANSFER_LIST',
          'Object that needs transfer was found in message but not listed in transferList')
      }
      return contents(value, {}, memory)
    default: refuse($describe(value))
  }
}

// What a Map or Set holds now, in a list: cloning it may change the collection.
function listed(collection, isMap) {
  const list = [], walk = $mapWalk(collection), add = isMap ? addEntry : addItem
  while ($walkOn(walk, add, list, collection) !== walk);
  return list
}

function addEntry(value, key) {
  this[this.length] = key
  this[this.length] = value
}

function addItem(value) {
  this[this.length] = value
}

function contents(source, copy, memory) {
  memory.set(source, copy)
  const keys = $Object.keys(source)
  for (let i = 0; i < keys.length; i++) {
    if ($hasOwn(source, keys[i])) $createDataProperty(copy, keys[i], cloned(source[keys[i]], memory))
  }
  return copy
}

$install($globalThis, {
  DOMException,
  structuredClone(value, options) {
    if ($argumentCount() === 0) {
      throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "value" argument must be specified')
    }
    if (options === undefined && !$isObject(value)) return cloned(value)
    const memory = new $Map()
    if (options === undefined) return cloned(value, memory)
    const transfer = options !== null && options.transfer !== undefined ? [...options.transfer] : []
    for (const item of transfer) {
      if (ports?.has(item)) {
        memory.set(item, item)
        continue
      }
      if ($cloneKind(item) !== 'buffer') {
        const error = new DOMException('Found invalid object in transferList', 'DataCloneError')
        throw error
      }
      if (memory.has(item)) throw new DOMException('Transfer list contains duplicate ArrayBuffer', 'DataCloneError')
      if (item.detached) throw new DOMException('An ArrayBuffer is detached and could not be cloned.', 'DataCloneError')
      memory.set(item, new $ArrayBuffer(0))
    }
    const copy = cloned(value, memory)
    // The bytes go over last: until then the views of the old buffers know their lengths.
    for (const item of transfer) if (memory.get(item) !== item) $transferInto(item, memory.get(item))
    return copy
  },
})
