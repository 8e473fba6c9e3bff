'use strict'
// Globals that a script rarely asks for: the module that has one runs when it is read first.

const LATER = {
  performance: 'perf_hooks', PerformanceObserver: 'perf_hooks', PerformanceEntry: 'perf_hooks', PerformanceMark: 'perf_hooks',
  PerformanceMeasure: 'perf_hooks', PerformanceObserverEntryList: 'perf_hooks',
  TextEncoder: 'internal/encoding', TextDecoder: 'internal/encoding', atob: 'internal/encoding', btoa: 'internal/encoding',
  Event: 'internal/event_target', EventTarget: 'internal/event_target', CustomEvent: 'internal/event_target',
  AbortController: 'internal/event_target', AbortSignal: 'internal/event_target',
  URL: 'internal/whatwg_url', URLSearchParams: 'internal/whatwg_url',
  crypto: 'internal/web_crypto',
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
