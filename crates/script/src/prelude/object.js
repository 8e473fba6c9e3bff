'use strict'
// The functions of Object that read or write through getters, setters and iterators. More intrinsics:
//   $toObject(value)            a TypeError "Cannot convert undefined or null to object"
//   $enumerableKeys(object)     array of the own enumerable keys, strings then symbols
//   $namesToRead(object)        of the strings alone
//   $defineProperty(object, key, descriptor fields)  see define() below; false when it is refused
//   $createDataProperty(object, key, value)
//   $describe(value)            as V8 names a value in messages: #<Object>, "text", 5
//   $isConstructor(value)

$install($Object, {
  values(object) {
    if ($isProxy(object)) return $Object.entries(object).map(entry => entry[1])
    const keys = $namesToRead(object), length = keys.length
    for (let i = 0; i < length; i++) keys[i] = object[keys[i]]
    return keys
  },

  entries(object) {
    if ($isProxy(object)) {
      const entries = []
      for (const key of $Helpers.keysToVisit(object)) {
        if (typeof key !== 'symbol' && $Helpers.isShown(object, key)) entries[entries.length] = [key, object[key]]
      }
      return entries
    }
    const keys = $namesToRead(object), length = keys.length
    for (let i = 0; i < length; i++) keys[i] = [keys[i], object[keys[i]]]
    return keys
  },

  fromEntries(entries) {
    if (entries === undefined || entries === null) $throwTypeError(`${entries} is not iterable`)
    const result = {}
    for (const entry of entries) {
      if (!$isObject(entry)) $throwTypeError(`Iterator value ${$describe(entry)} is not an entry object`)
      $createDataProperty(result, $toPropertyKey(entry[0]), entry[1])
    }
    return result
  },

  defineProperty(object, key, descriptor) {
    'eager'
    if (!$isObject(object)) $throwTypeError('Object.defineProperty called on non-object')
    define(object, $toPropertyKey(key), descriptor)
    return object
  },

  defineProperties(object, descriptors) {
    if (!$isObject(object)) $throwTypeError('Object.defineProperties called on non-object')
    return defineAll(object, descriptors)
  },

  create(prototype, descriptors) {
    'eager'
    if (prototype !== null && !$isObject(prototype)) {
      $throwTypeError(`Object prototype may only be an Object or null: ${$describe(prototype)}`)
    }
    const object = $newObject(prototype)
    return descriptors === undefined ? object : defineAll(object, descriptors)
  },
})

function defineAll(object, descriptors) {
  'eager'
  const keys = $enumerableKeys($toObject(descriptors))
  for (let i = 0; i < keys.length; i++) define(object, keys[i], descriptors[keys[i]])
  return object
}

// Bits of the descriptor fields that are present, and of the flags that are true.
const VALUE = 1, GET = 2, SET = 4, HAS_WRITABLE = 8, HAS_ENUMERABLE = 16, HAS_CONFIGURABLE = 32
const WRITABLE = 64, ENUMERABLE = 128, CONFIGURABLE = 256

// The bits of a descriptor's fields, and their values.
function fieldsOf(descriptor) {
  'eager'
  if (!$isObject(descriptor)) $throwTypeError(`Property description must be an object: ${$describe(descriptor)}`)
  const fields = { bits: 0, value: undefined, get: undefined, set: undefined }
  if ('enumerable' in descriptor) fields.bits |= HAS_ENUMERABLE | (descriptor.enumerable ? ENUMERABLE : 0)
  if ('configurable' in descriptor) fields.bits |= HAS_CONFIGURABLE | (descriptor.configurable ? CONFIGURABLE : 0)
  if ('value' in descriptor) {
    fields.value = descriptor.value
    fields.bits |= VALUE
  }
  if ('writable' in descriptor) fields.bits |= HAS_WRITABLE | (descriptor.writable ? WRITABLE : 0)
  if ('get' in descriptor) {
    const get = fields.get = descriptor.get
    if (get !== undefined && !$isCallable(get)) $throwTypeError(`Getter must be a function: ${$describe(get)}`)
    fields.bits |= GET
  }
  if ('set' in descriptor) {
    const set = fields.set = descriptor.set
    if (set !== undefined && !$isCallable(set)) $throwTypeError(`Setter must be a function: ${$describe(set)}`)
    fields.bits |= SET
  }
  if (fields.bits & (GET | SET) && fields.bits & (VALUE | HAS_WRITABLE)) {
    $throwTypeError(
      `Invalid property descriptor. Cannot both specify accessors and a value or writable attribute, ${$describe(descriptor)}`)
  }
  return fields
}

// False: it is refused.
function defineOwn(object, key, descriptor) {
  'eager'
  const { bits, value, get, set } = fieldsOf(descriptor)
  return $defineProperty(object, key, bits, value, get, set)
}

function define(object, key, descriptor) {
  'eager'
  if (defineOwn(object, key, descriptor)) return
  if ($isProxy(object)) $throwTypeError(`'defineProperty' on proxy: trap returned falsish for property '${$keyText(key)}'`)
  if ($isNumericKey(object, key)) $throwTypeError('Invalid typed array index')
  $throwTypeError(key in object && $hasOwn(object, key)
    ? `Cannot redefine property: ${$keyText(key)}`
    : `Cannot define property ${$keyText(key)}, object is not extensible`)
}

$install($Helpers, {
  defineOwn,
  // Object.assign of what takes getters, setters or proxies.
  assign(result, sources) {
    for (let n = 0; n < sources.length; n++) {
      const from = sources[n]
      if (from === undefined || from === null) continue
      const keys = $Helpers.keysToVisit(from)
      for (let i = 0; i < keys.length; i++) if ($Helpers.isShown(from, keys[i])) result[keys[i]] = from[keys[i]]
    }
    return result
  },
  // A definition on a proxy: the fields become a descriptor again.
  defineOnProxy(proxy, key, bits, value, get, set) {
    const descriptor = {}
    if (bits & VALUE) descriptor.value = value
    if (bits & HAS_WRITABLE) descriptor.writable = (bits & WRITABLE) !== 0
    if (bits & GET) descriptor.get = get
    if (bits & SET) descriptor.set = set
    if (bits & HAS_ENUMERABLE) descriptor.enumerable = (bits & ENUMERABLE) !== 0
    if (bits & HAS_CONFIGURABLE) descriptor.configurable = (bits & CONFIGURABLE) !== 0
    return $Helpers.proxyDefine(proxy, key, descriptor)
  },
  createOnProxy(proxy, key, value) {
    define(proxy, key, { value, writable: true, enumerable: true, configurable: true })
    return true
  },
})

// The old names for accessors (ECMA-262 B.2.2).
function found(object, key, half) {
  for (let at = $toObject(object); at !== null; at = $Object.getPrototypeOf(at)) {
    const descriptor = $Object.getOwnPropertyDescriptor(at, key)
    if (descriptor !== undefined) return descriptor[half]
  }
}

$install($Object.prototype, {
  __defineGetter__(key, get) {
    if (!$isCallable(get)) $throwTypeError('Object.prototype.__defineGetter__: Expecting function')
    $Object.defineProperty($toObject(this), key, { get, enumerable: true, configurable: true })
  },
  __defineSetter__(key, set) {
    if (!$isCallable(set)) $throwTypeError('Object.prototype.__defineSetter__: Expecting function')
    $Object.defineProperty($toObject(this), key, { set, enumerable: true, configurable: true })
  },
  __lookupGetter__(key) {
    return found(this, key, 'get')
  },
  __lookupSetter__(key) {
    return found(this, key, 'set')
  },
})
