'use strict'
// The module `timers/promises`.

const setTimeout = (delay, value) => new $Promise((resolve) => $setTimeout(resolve, delay, value))

async function* setInterval(delay, value) {
  for (;;) yield await setTimeout(delay, value)
}

module.exports = {
  setTimeout,
  setImmediate: (value) => new $Promise((resolve) => $setImmediate(resolve, value)),
  setInterval,
  scheduler: { wait: (delay) => setTimeout(delay), yield: () => new $Promise((resolve) => $setImmediate(resolve)) },
}
