'use strict'
// FinalizationRegistry. A *cell* is a WeakRef that the machine hands to finalizeCell some time after its target's
// death. More intrinsics:
//   $newCell(target)        a cell
//   $cellTarget(cell)       what it or a WeakRef refers to; undefined once that is dead

const owners = new $WeakMap()

class Registry {
  #cleanup
  #entries = new $Map()
  constructor(cleanup) {
    if (!$isCallable(cleanup)) $throwTypeError('FinalizationRegistry: cleanup must be callable')
    this.#cleanup = cleanup
  }
  register(target, held) {
    if (!$isObject(target) && typeof target !== 'symbol') $throwTypeError('FinalizationRegistry.prototype.register: invalid target')
    if (target === held) $throwTypeError('FinalizationRegistry.prototype.register: target and holdings must not be same')
    const token = arguments[2]
    if (token !== undefined && !$isObject(token)) $throwTypeError(`Invalid unregisterToken ('${$describe(token)}')`)
    const cell = $newCell(target)
    owners.set(cell, this)
    this.#entries.set(cell, { held, token: token === undefined ? undefined : $newCell(token) })
  }
  unregister(token) {
    if (!$isObject(token)) $throwTypeError(`Invalid unregisterToken ('${$describe(token)}')`)
    let found = false
    for (const [cell, entry] of this.#entries) {
      if (entry.token !== undefined && $cellTarget(entry.token) === token) {
        this.#entries.delete(cell)
        found = true
      }
    }
    return found
  }
  static finalize(registry, cell) {
    const entry = registry.#entries.get(cell)
    if (entry === undefined) return
    registry.#entries.delete(cell)
    $call(registry.#cleanup, undefined, entry.held)
  }
}

const { finalize } = Registry

function FinalizationRegistry(cleanup) {
  if (new.target === undefined) $throwTypeError(`Constructor FinalizationRegistry requires 'new'`)
  return $construct(Registry, [cleanup], new.target)
}
$Object.defineProperty(FinalizationRegistry, 'prototype', { value: Registry.prototype, writable: false })
$install(Registry.prototype, { constructor: FinalizationRegistry })
$Object.defineProperty(FinalizationRegistry.prototype, $Symbol.toStringTag, { value: 'FinalizationRegistry', configurable: true })

$install($Helpers, {
  finalizeCell(cell) {
    const registry = owners.get(cell)
    if (registry !== undefined) finalize(registry, cell)
  },
})
$install($globalThis, { FinalizationRegistry })
