'use strict'
// Globals that a script rarely asks for: the module that has one runs when it is read first.

const LATER = {
  atob: 'internal/encoding', btoa: 'internal/encoding', performance: 'perf_hooks', PerformanceObserver: 'perf_hooks', PerformanceEntry: 'perf_hooks', PerformanceMark: 'perf_hooks',
  PerformanceMeasure: 'perf_hooks', PerformanceObserverEntryList: 'perf_hooks',
  TextEncoder: 'internal/encoding', TextDecoder: 'internal/encoding',
  Event: 'internal/event_target', EventTarget: 'internal/event_target', CustomEvent: 'internal/event_target',
  AbortController: 'internal/event_target', AbortSignal: 'internal/event_target',
  MessageChannel: 'internal/message_port', MessagePort: 'internal/message_port', MessageEvent: 'internal/message_port',
  BroadcastChannel: 'internal/message_port',
  URL: 'internal/whatwg_url', URLSearchParams: 'internal/whatwg_url',
  crypto: 'internal/web_crypto', Intl: 'internal/intl',
}

// What is enumerable of the global object, in Node's order.
const SHOWN = [
  'global', 'clearImmediate', 'setImmediate', 'clearInterval', 'clearTimeout', 'setInterval', 'setTimeout', 'queueMicrotask',
  'structuredClone',
]
for (const name of SHOWN) {
  const value = $globalThis[name]
  delete $globalThis[name]
  $globalThis[name] = value
}
$Object.defineProperty($globalThis, $Symbol.toStringTag, { value: 'global', configurable: true })

for (const name of ['setTimeout', 'setImmediate']) {
  $Object.defineProperty($globalThis[name], $Symbol.for('nodejs.util.promisify.custom'), {
    enumerable: true,
    get() {
      return $builtin('timers/promises')[name]
    },
  })
}

for (const name of $Object.keys(LATER)) {
  const first = name[0], enumerable = first >= 'a'
  const replace = (value) => {
    $Object.defineProperty($globalThis, name, { value, writable: true, enumerable, configurable: true })
  }
  const { get, set } = $Object.getOwnPropertyDescriptor({
    get [name]() { return $builtin(LATER[name])[name] },
    set [name](value) { replace(value) },
  }, name)
  $Object.defineProperty($globalThis, name, { get, set: name === 'crypto' ? undefined : set, enumerable, configurable: true })
}
