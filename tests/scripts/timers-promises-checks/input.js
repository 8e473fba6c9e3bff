// timers/promises: wrong arguments, signals, intervals, the scheduler; and how an interval may end.
const timers = require('timers/promises')
const { scheduler } = timers
const told = (name) => ({ name: kind, code, message }) => console.log(name, kind, code, message)

async function main() {
  for (const args of [['x'], [1, 1, 1], [1, 1, { signal: 1 }], [1, 1, { ref: 1 }]]) {
    await timers.setTimeout(...args).catch(told('setTimeout'))
    if (args.length > 1) await timers.setImmediate(...args.slice(1)).catch(told('setImmediate'))
    await timers.setInterval(...args).next().catch(told('setInterval'))
  }
  console.log(await timers.setTimeout(1, 'value'), await timers.setImmediate('soon'))
  await timers.setTimeout(1, 0, { signal: AbortSignal.abort('early') }).catch(({ name, code, cause }) => console.log(name, code, cause))
  const abort = new AbortController(), { signal } = abort
  setTimeout(() => abort.abort('why'), 5)
  await timers.setTimeout(1e6, 0, { signal }).catch(({ name, code, message, cause }) => console.log(name, code, message, cause))

  let rounds = 0
  for await (const value of timers.setInterval(2, 'round')) {
    console.log(value)
    if (++rounds === 3) break
  }
  const stop = new AbortController()
  try {
    for await (const _ of timers.setInterval(2, 0, { signal: stop.signal })) stop.abort()
  } catch (error) {
    console.log(error.name)
  }
  await scheduler.yield()
  console.log(await scheduler.wait(2), scheduler.constructor.name)
  try { new scheduler.constructor() } catch (error) { console.log(error.code, error.message) }
  try { scheduler.yield.call({}) } catch (error) { console.log(error.code, error.message) }

  for (const end of [
    (timer) => clearTimeout(timer),
    (timer) => timer.close(),
    (timer) => { timer._idleTimeout = -1 },
    (timer) => { timer._onTimeout = null },
  ]) {
    let count = 0
    const timer = setInterval(() => { count++; end(timer) }, 1)
    await timers.setTimeout(10)
    console.log(count)
  }
  setTimeout(() => {}).unref.call({})
}
main()
