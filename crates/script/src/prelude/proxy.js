'use strict'
// Proxy's internal methods (ECMA-262 10.5) with their invariants, and Reflect. The machine calls the functions in
// $Helpers where an operation meets a proxy. More intrinsics:
//   $isProxy(value), $proxyTarget(proxy), $proxyHandler(proxy)   the latter null after a revocation
//   $getWith(object, key, receiver)   [[Get]] of any object
//   $ownKeys(object)                  the own keys of an object that is no proxy
//   $prototypeOf(object), $setPrototype(object, prototype)   of an object that is no proxy; the latter false if refused

const getDescriptor = $Object.getOwnPropertyDescriptor, getPrototype = $Object.getPrototypeOf
const isExtensible = $Object.isExtensible, hasOwn = $hasOwn

function trapOf(proxy, name) {
  const handler = $proxyHandler(proxy)
  if (handler === null) $throwTypeError(`Cannot perform '${name}' on a proxy that has been revoked`)
  return checkedTrap(handler[name], name, handler)
}

function checkedTrap(trap, name, handler) {
  if (trap === undefined || trap === null) return undefined
  if (!$isCallable(trap)) {
    $throwTypeError(`'${$describe(trap)}' returned for property '${name}' of object '${$describe(handler)}' is not a function`)
  }
  return trap
}

function refuse(trap, what) {
  $throwTypeError(`'${trap}' on proxy: ${what}`)
}

function isData(descriptor) {
  return 'value' in descriptor || 'writable' in descriptor
}

function same(a, b) {
  return $Object.is(a, b)
}

function proxyGet(proxy, key, receiver) {
  const handler = $proxyHandler(proxy), target = $proxyTarget(proxy)
  const trap = handler === null ? trapOf(proxy, 'get') : handler.get
  if (trap === undefined) return $getWith(target, key, receiver)
  if (!$isCallable(trap)) {
    checkedTrap(trap, 'get', handler)
    return $getWith(target, key, receiver)
  }
  const value = $call(trap, handler, target, key, receiver)
  if (!$mayBeFixed(target, key)) return value
  const own = getDescriptor(target, key)
  if (own === undefined || own.configurable) return value
  if (isData(own)) {
    if (!own.writable && !same(value, own.value)) {
      refuse('get', `property '${$keyText(key)}' is a read-only and non-configurable data property on the proxy target but the proxy did not return its actual value (expected '${$describe(own.value)}' but got '${$describe(value)}')`)
    }
  } else if (own.get === undefined && value !== undefined) {
    refuse('get', `property '${$keyText(key)}' is a non-configurable accessor property on the proxy target and does not have a getter function, but the trap did not return 'undefined' (got '${$describe(value)}')`)
  }
  return value
}

function proxySet(proxy, key, value, receiver) {
  const handler = $proxyHandler(proxy), target = $proxyTarget(proxy)
  const trap = handler === null ? trapOf(proxy, 'set') : handler.set
  if (!$isCallable(trap)) {
    checkedTrap(trap, 'set', handler)
    return setWith(target, key, value, receiver)
  }
  if (!$call(trap, handler, target, key, value, receiver)) return false
  if (!$mayBeFixed(target, key)) return true
  const own = getDescriptor(target, key)
  if (own !== undefined && !own.configurable) {
    const truish = `trap returned truish for property '${$keyText(key)}' which exists in the proxy target as a non-configurable and non-writable`
    if (isData(own)) {
      if (!own.writable && !same(value, own.value)) refuse('set', `${truish} data property with a different value`)
    } else if (own.set === undefined) refuse('set', `${truish} accessor property without a setter`)
  }
  return true
}

// OrdinarySet (ECMA-262 10.1.9); false where the assignment fails.
function setWith(object, key, value, receiver) {
  if (object === receiver && $writeOwn(object, key, value)) return true
  for (let at = object; at !== null; at = $prototypeOf(at)) {
    if ($isProxy(at)) return proxySet(at, key, value, receiver)
    const own = getDescriptor(at, key)
    if (own === undefined) continue
    if (!isData(own)) {
      if (own.set === undefined) return false
      $call(own.set, receiver, value)
      return true
    }
    if (!own.writable) return false
    break
  }
  if (!$isObject(receiver)) return false
  const existing = getDescriptor(receiver, key)
  if (existing === undefined) {
    return $Helpers.defineOwn(receiver, key, { value, writable: true, enumerable: true, configurable: true })
  }
  return isData(existing) && existing.writable && $Helpers.defineOwn(receiver, key, { value })
}

function proxyHas(proxy, key) {
  const handler = $proxyHandler(proxy), target = $proxyTarget(proxy)
  const trap = handler === null ? trapOf(proxy, 'has') : handler.has
  if (!$isCallable(trap)) {
    checkedTrap(trap, 'has', handler)
    return key in target
  }
  const found = !!$call(trap, handler, target, key)
  if (!found) {
    const own = getDescriptor(target, key)
    if (own !== undefined) {
      const falsish = `trap returned falsish for property '${$keyText(key)}'`
      if (!own.configurable) refuse('has', `${falsish} which exists in the proxy target as non-configurable`)
      if (!isExtensible(target)) refuse('has', `${falsish} but the proxy target is not extensible`)
    }
  }
  return found
}

function proxyDelete(proxy, key) {
  const trap = trapOf(proxy, 'deleteProperty'), target = $proxyTarget(proxy)
  if (trap === undefined) return $deleteProperty(target, key)
  if (!$call(trap, $proxyHandler(proxy), target, key)) return false
  const own = getDescriptor(target, key)
  if (own !== undefined) {
    const truish = `trap returned truish for property '${$keyText(key)}'`
    if (!own.configurable) refuse('deleteProperty', `${truish} which is non-configurable in the proxy target`)
    if (!isExtensible(target)) refuse('deleteProperty', `${truish} but the proxy target is non-extensible`)
  }
  return true
}

// The own keys of any object.
function ownKeys(object) {
  if (!$isProxy(object)) return $ownKeys(object)
  const trap = trapOf(object, 'ownKeys'), target = $proxyTarget(object)
  if (trap === undefined) return ownKeys(target)
  const list = $call(trap, $proxyHandler(object), target)
  if (!$isObject(list)) $throwTypeError('CreateListFromArrayLike called on non-object')
  const keys = [], seen = new $Set(), length = $toLength(list.length)
  for (let i = 0; i < length; i++) {
    const key = list[i]
    if (typeof key !== 'string' && typeof key !== 'symbol') $throwTypeError(`${$describe(key)} is not a valid property name`)
    if (seen.has(key)) refuse('ownKeys', `trap returned duplicate entries`)
    seen.add(key)
    keys[i] = key
  }
  const extensible = isExtensible(target), present = ownKeys(target)
  for (let i = 0; i < present.length; i++) {
    const own = getDescriptor(target, present[i])
    const needed = !extensible || own !== undefined && !own.configurable
    if (needed && !seen.has(present[i])) refuse('ownKeys', `trap result did not include '${$keyText(present[i])}'`)
  }
  if (!extensible && keys.length > present.length) {
    refuse('ownKeys', 'trap returned extra keys but proxy target is non-extensible')
  }
  return keys
}

function proxyDescriptor(proxy, key) {
  key = $toPropertyKey(key)
  const trap = trapOf(proxy, 'getOwnPropertyDescriptor'), target = $proxyTarget(proxy)
  if (trap === undefined) return getDescriptor(target, key)
  const result = $call(trap, $proxyHandler(proxy), target, key), own = getDescriptor(target, key)
  const name = 'getOwnPropertyDescriptor', text = $keyText(key)
  if (result === undefined) {
    if (own === undefined) return undefined
    if (!own.configurable) refuse(name, `trap returned undefined for property '${text}' which is non-configurable in the proxy target`)
    if (!isExtensible(target)) refuse(name, `trap returned undefined for property '${text}' which exists in the non-extensible proxy target`)
    return undefined
  }
  if (!$isObject(result)) refuse(name, `trap returned neither object nor undefined for property '${text}'`)
  const descriptor = completed(result)
  if (!compatible(isExtensible(target), descriptor, own)) {
    refuse(name, `trap returned descriptor for property '${text}' that is incompatible with the existing property in the proxy target`)
  }
  if (!descriptor.configurable && (own === undefined || own.configurable)) {
    refuse(name, `trap reported non-configurability for property '${text}' which is either non-existent or configurable in the proxy target`)
  }
  return descriptor
}

// A descriptor with every field that it should have.
function completed(source) {
  const accessor = 'get' in source || 'set' in source
  const result = accessor
    ? { get: source.get, set: source.set }
    : { value: source.value, writable: !!source.writable }
  result.enumerable = !!source.enumerable
  result.configurable = !!source.configurable
  return result
}

// IsCompatiblePropertyDescriptor (ECMA-262 10.1.6.2).
function compatible(extensible, descriptor, own) {
  if (own === undefined) return extensible
  if (own.configurable) return true
  if (descriptor.configurable || 'enumerable' in descriptor && descriptor.enumerable !== own.enumerable) return false
  const accessor = 'get' in descriptor || 'set' in descriptor
  if (!accessor && !isData(descriptor)) return true
  if (accessor === isData(own)) return false
  if (accessor) {
    return (!('get' in descriptor) || descriptor.get === own.get) && (!('set' in descriptor) || descriptor.set === own.set)
  }
  if (own.writable) return true
  return !descriptor.writable && (!('value' in descriptor) || same(descriptor.value, own.value))
}

// `descriptor` has the fields that were given. False: the trap has refused.
function proxyDefine(proxy, key, descriptor) {
  const trap = trapOf(proxy, 'defineProperty'), target = $proxyTarget(proxy)
  if (trap === undefined) return $Helpers.defineOwn(target, key, descriptor)
  if (!$call(trap, $proxyHandler(proxy), target, key, descriptor)) return false
  const own = getDescriptor(target, key), fixed = descriptor.configurable === false
  const text = $keyText(key), truish = 'trap returned truish for'
  if (own === undefined) {
    if (!isExtensible(target)) refuse('defineProperty', `${truish} adding property '${text}'  to the non-extensible proxy target`)
    if (fixed) refuse('defineProperty', `${truish} defining non-configurable property '${text}' which is either non-existent or configurable in the proxy target`)
    return true
  }
  if (!compatible(isExtensible(target), descriptor, own)) {
    refuse('defineProperty', `${truish} adding property '${text}'  that is incompatible with the existing property in the proxy target`)
  }
  if (fixed && own.configurable) {
    refuse('defineProperty', `${truish} defining non-configurable property '${text}' which is either non-existent or configurable in the proxy target`)
  }
  return true
}

function proxyGetPrototypeOf(proxy) {
  const trap = trapOf(proxy, 'getPrototypeOf'), target = $proxyTarget(proxy)
  if (trap === undefined) return getPrototype(target)
  const prototype = $call(trap, $proxyHandler(proxy), target)
  if (prototype !== null && !$isObject(prototype)) refuse('getPrototypeOf', 'trap returned neither object nor null')
  if (!isExtensible(target) && getPrototype(target) !== prototype) {
    refuse('getPrototypeOf', 'proxy target is non-extensible but the trap did not return its actual prototype')
  }
  return prototype
}

// [[SetPrototypeOf]] of any object; false where it is refused.
function setPrototype(object, prototype) {
  if (!$isProxy(object)) return $setPrototype(object, prototype)
  const trap = trapOf(object, 'setPrototypeOf'), target = $proxyTarget(object)
  if (trap === undefined) return setPrototype(target, prototype)
  if (!$call(trap, $proxyHandler(object), target, prototype)) return false
  if (!isExtensible(target) && getPrototype(target) !== prototype) {
    refuse('setPrototypeOf', 'trap returned truish for setting a new prototype on the non-extensible proxy target')
  }
  return true
}

function proxyIsExtensible(proxy) {
  const trap = trapOf(proxy, 'isExtensible'), target = $proxyTarget(proxy)
  if (trap === undefined) return isExtensible(target)
  const result = !!$call(trap, $proxyHandler(proxy), target)
  if (result !== isExtensible(target)) {
    refuse('isExtensible', `trap result does not reflect extensibility of proxy target (which is '${!result}')`)
  }
  return result
}

// [[PreventExtensions]] of any object; false where it is refused.
function preventExtensions(object) {
  if (!$isProxy(object)) {
    $Object.preventExtensions(object)
    return true
  }
  const trap = trapOf(object, 'preventExtensions'), target = $proxyTarget(object)
  if (trap === undefined) return preventExtensions(target)
  const result = !!$call(trap, $proxyHandler(object), target)
  if (result && isExtensible(target)) refuse('preventExtensions', 'trap returned truish but the proxy target is extensible')
  return result
}

function enumerableNames(proxy, symbols) {
  const keys = ownKeys(proxy), shown = []
  for (let i = 0; i < keys.length; i++) {
    if (typeof keys[i] === 'symbol' && !symbols) continue
    const own = getDescriptor(proxy, keys[i])
    if (own !== undefined && own.enumerable) shown[shown.length] = keys[i]
  }
  return shown
}

// Object.freeze and Object.seal of a proxy.
function proxyClose(proxy, frozen) {
  if (!preventExtensions(proxy)) refuse('preventExtensions', 'trap returned falsish')
  const keys = ownKeys(proxy)
  for (let i = 0; i < keys.length; i++) {
    const own = frozen ? getDescriptor(proxy, keys[i]) : {}
    if (own === undefined) continue
    const descriptor = frozen && isData(own) ? { configurable: false, writable: false } : { configurable: false }
    if (!$Helpers.defineOwn(proxy, keys[i], descriptor)) refuse('defineProperty', `trap returned falsish for property '${$keyText(keys[i])}'`)
  }
  return proxy
}

function proxyIsClosed(proxy, frozen) {
  if (isExtensible(proxy)) return false
  const keys = ownKeys(proxy)
  for (let i = 0; i < keys.length; i++) {
    const own = getDescriptor(proxy, keys[i])
    if (own !== undefined && (own.configurable || frozen && isData(own) && own.writable)) return false
  }
  return true
}

$install($Helpers, {
  // base[key] = value in sloppy code: a failure goes unnoticed.
  setSloppily(base, key, value) {
    if ($isObject(base)) setWith(base, key, value, base)
    else if (base === undefined || base === null) base[key] = value
  },
  proxyGet,
  proxySet(proxy, key, value, receiver, strict) {
    const done = proxySet(proxy, key, value, receiver)
    if (!done && strict) refuse('set', `trap returned falsish for property '${$keyText(key)}'`)
    return done
  },
  hasProperty(object, key) {
    const name = $propertyKey(key)
    return $isProxy(object) ? proxyHas(object, name) : name in object
  },
  proxyDelete(proxy, key, strict) {
    const done = proxyDelete(proxy, key)
    if (!done && strict) refuse('deleteProperty', `trap returned falsish for property '${$keyText(key)}'`)
    return done
  },
  proxyDescriptor,
  proxyDefine,
  proxyGetPrototypeOf,
  proxySetPrototypeOf(proxy, prototype) {
    if (!setPrototype(proxy, prototype)) refuse('setPrototypeOf', `trap returned falsish for property 'undefined'`)
    return proxy
  },
  proxyIsExtensible,
  proxyPreventExtensions(proxy) {
    if (!preventExtensions(proxy)) refuse('preventExtensions', 'trap returned falsish')
    return proxy
  },
  proxyHasOwn(proxy, key) {
    return proxyDescriptor(proxy, key) !== undefined
  },
  proxyKeys(proxy) {
    return enumerableNames(proxy, false)
  },
  proxyEnumerableKeys(proxy) {
    return enumerableNames(proxy, true)
  },
  // The keys that a walk over own enumerable properties visits, if isShown says so when their turn comes.
  keysToVisit(object) {
    return $isProxy(object) ? ownKeys(object) : $enumerableKeys(object)
  },
  isShown(object, key) {
    if (!$isProxy(object)) return true
    const own = getDescriptor(object, key)
    return own !== undefined && own.enumerable
  },
  proxyNames(proxy) {
    return ownKeys(proxy).filter(key => typeof key === 'string')
  },
  proxySymbols(proxy) {
    return ownKeys(proxy).filter(key => typeof key === 'symbol')
  },
  proxyDescriptors(proxy) {
    const keys = ownKeys(proxy), result = {}
    for (let i = 0; i < keys.length; i++) {
      const own = getDescriptor(proxy, keys[i])
      if (own !== undefined) $createDataProperty(result, keys[i], own)
    }
    return result
  },
  proxyFreeze(proxy) {
    return proxyClose(proxy, true)
  },
  proxySeal(proxy) {
    return proxyClose(proxy, false)
  },
  proxyIsFrozen(proxy) {
    return proxyIsClosed(proxy, true)
  },
  proxyIsSealed(proxy) {
    return proxyIsClosed(proxy, false)
  },
  // The names that for-in visits where a proxy is on the prototype chain.
  proxyForIn(object) {
    const names = [], seen = new $Set(), chain = []
    for (let at = object; at !== null; at = getPrototype(at)) chain[chain.length] = [at, ownKeys(at)]
    for (const [at, keys] of chain) {
      for (let i = 0; i < keys.length; i++) {
        if (typeof keys[i] === 'symbol' || seen.has(keys[i])) continue
        const own = getDescriptor(at, keys[i])
        if (own === undefined) continue
        seen.add(keys[i])
        if (own.enumerable) names[names.length] = keys[i]
      }
    }
    return names
  },
  // instanceof where a proxy is on either side.
  proxyInstanceOf(object, constructor) {
    if (!$isObject(object) || !$isCallable(constructor)) return false
    const prototype = constructor.prototype
    if (!$isObject(prototype)) $throwTypeError(`Function has non-object prototype '${$describe(prototype)}' in instanceof check`)
    for (let at = getPrototype(object); at !== null; at = getPrototype(at)) if (at === prototype) return true
    return false
  },
  // The next result of an array iterator over a proxy.
  proxyIterated(object, index, gives) {
    if (index >= $toLength(object.length)) return { value: undefined, done: true }
    const value = gives === 0 ? index : gives === 1 ? object[index] : [index, object[index]]
    return { value, done: false }
  },
  proxyCall(proxy, thisValue, list) {
    const trap = trapOf(proxy, 'apply'), target = $proxyTarget(proxy)
    if (trap === undefined) return $callList(target, thisValue, list)
    return $call(trap, $proxyHandler(proxy), target, thisValue, list)
  },
  proxyConstruct(proxy, list, newTarget) {
    const trap = trapOf(proxy, 'construct'), target = $proxyTarget(proxy)
    if (trap === undefined) return $construct(target, list, newTarget)
    const result = $call(trap, $proxyHandler(proxy), target, list, newTarget)
    if (!$isObject(result)) refuse('construct', `trap returned non-object ('${$describe(result)}')`)
    return result
  },
})

function checkTarget(value, name) {
  if (!$isObject(value)) $throwTypeError(`Reflect.${name} called on non-object`)
}

function listOf(list) {
  if (!$isObject(list)) $throwTypeError('CreateListFromArrayLike called on non-object')
  return $copied(list, $toLength(list.length))
}

const Reflect = {
  defineProperty(target, key, descriptor) {
    checkTarget(target, 'defineProperty')
    return $Helpers.defineOwn(target, $propertyKey(key), descriptor)
  },
  deleteProperty(target, key) {
    checkTarget(target, 'deleteProperty')
    return $deleteProperty(target, $propertyKey(key))
  },
  apply(target, thisArgument, list) {
    if (!$isCallable(target)) {
      $throwTypeError(`Function.prototype.apply was called on ${$describe(target)}, which is ${typeof target === 'object' ? 'an' : 'a'} ${typeof target} and not a function`)
    }
    return $callList(target, thisArgument, listOf(list))
  },
  construct(target, list) {
    const newTarget = $argumentCount() > 2 ? arguments[2] : target
    if (!$isConstructor(target)) $throwTypeError(`${$describe(target)} is not a constructor`)
    if (!$isConstructor(newTarget)) $throwTypeError(`${$describe(newTarget)} is not a constructor`)
    return $construct(target, listOf(list), newTarget)
  },
  get: $reflect.get,
  getOwnPropertyDescriptor(target, key) {
    checkTarget(target, 'getOwnPropertyDescriptor')
    return getDescriptor(target, key)
  },
  getPrototypeOf(target) {
    checkTarget(target, 'getPrototypeOf')
    return getPrototype(target)
  },
  has: $reflect.has,
  isExtensible(target) {
    checkTarget(target, 'isExtensible')
    return isExtensible(target)
  },
  ownKeys(target) {
    checkTarget(target, 'ownKeys')
    return ownKeys(target)
  },
  preventExtensions(target) {
    checkTarget(target, 'preventExtensions')
    return preventExtensions(target)
  },
  set(target, key, value, receiver = undefined) {
    checkTarget(target, 'set')
    return setWith(target, $propertyKey(key), value, $argumentCount() > 3 ? receiver : target)
  },
  setPrototypeOf(target, prototype) {
    checkTarget(target, 'setPrototypeOf')
    if (prototype !== null && !$isObject(prototype)) {
      $throwTypeError(`Object prototype may only be an Object or null: ${$describe(prototype)}`)
    }
    return setPrototype(target, prototype)
  },
}
$install($globalThis, { Reflect: $install({}, Reflect) })
$Object.defineProperty($globalThis.Reflect, $Symbol.toStringTag, { value: 'Reflect', configurable: true })
