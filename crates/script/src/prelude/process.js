'use strict'
// process, and how a run ends. Intrinsics:
//   $nextTick(f, ...args)   before every other job
//   $reallyExit(code)       the run is over
//   $nowNs()                the virtual clock, in nanoseconds
//   $writeText(stream, text)
//   $loopIsAlive()          whether something is left to run

const process = $process
const { EventEmitter } = $Helpers

$Object.setPrototypeOf(process, $Object.create(EventEmitter.prototype, {
  constructor: { value: function process() {}, writable: true, configurable: true },
}))
EventEmitter.call(process)

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15 }

function hrtime(before) {
  const now = $nowNs(), seconds = $Math.floor(now / 1e9), rest = now % 1e9
  if (before === undefined) return [seconds, rest]
  const left = rest - before[1]
  return left < 0 ? [seconds - before[0] - 1, left + 1e9] : [seconds - before[0], left]
}
hrtime.bigint = function bigint() {
  return $globalThis.BigInt($nowNs())
}

function exit(code) {
  if (code !== undefined) process.exitCode = code
  if (!process._exiting) {
    process._exiting = true
    process.emit('exit', +process.exitCode || 0)
  }
  $reallyExit(+process.exitCode || 0)
}

// A signal that nobody listens for ends the process.
function signal(name) {
  if (!process.emit(name, name, SIGNALS[name])) $reallyExit(128 + SIGNALS[name])
}

function kill(pid, wanted = 'SIGTERM') {
  if (pid !== process.pid && pid !== 0) {
    const error = new $Error('kill ESRCH')
    error.errno = -3
    error.code = 'ESRCH'
    error.syscall = 'kill'
    throw error
  }
  if (wanted === 0) return true
  const name = typeof wanted === 'number' ? $Object.keys(SIGNALS).find((key) => SIGNALS[key] === wanted) : wanted
  if (SIGNALS[name] === undefined) {
    const error = new $TypeError(`Unknown signal: ${wanted}`)
    error.code = 'ERR_UNKNOWN_SIGNAL'
    throw error
  }
  $setImmediate(() => signal(name))
  return true
}

let warned = false
// The rejected promises that listeners have been told of.
let reported

function emitWarning(warning, type, code) {
  if (typeof type === 'object' && type !== null) ({ type, code } = type)
  if (typeof warning === 'string') {
    const error = new $Error(warning)
    error.name = type || 'Warning'
    warning = error
  }
  if (code !== undefined) warning.code = code
  $nextTick(() => {
    const label = warning.code === undefined ? warning.name : `[${warning.code}] ${warning.name}`
    $writeText(2, `(node:${process.pid}) ${label}: ${warning.message}\n`)
    if (!warned) $writeText(2, '(Use `node --trace-warnings ...` to show where the warning was created)\n')
    warned = true
    process.emit('warning', warning)
  })
}

const stream = (number) => ({
  fd: number,
  writable: true,
  write(text, encoding, done) {
    $writeText(number, `${text}`)
    const callback = typeof encoding === 'function' ? encoding : done
    if (callback !== undefined) $nextTick(callback)
    return true
  },
  end(text) {
    if (text !== undefined) this.write(text)
  },
  on() {
    return this
  },
  once() {
    return this
  },
  prependListener() {
    return this
  },
  removeListener() {
    return this
  },
  emit: () => false,
  listenerCount: () => 0,
  destroy() {
    return this
  },
  cork() {},
  uncork() {},
})

$Object.assign(process, {
  versions: { node: $slice(process.version, 1), v8: '11.3.244.8-node.33', modules: '115' },
  release: { name: 'node', lts: 'Iron' },
  argv0: 'node',
  execPath: '/usr/local/bin/node',
  execArgv: [],
  exitCode: undefined,
  _exiting: false,
  config: {},
  features: {},
  ppid: 0,
  stdout: stream(1),
  stderr: stream(2),
  hrtime,
  exit,
  reallyExit: (code) => $reallyExit(+code || 0),
  abort() {
    $reallyExit(134)
  },
  kill,
  emitWarning,
  nextTick: $Helpers.nextTick,
  cpuUsage() {
    return { user: $Math.floor($nowNs() / 1000), system: 0 }
  },
  resourceUsage() {
    return { userCPUTime: $Math.floor($nowNs() / 1000), systemCPUTime: 0, maxRSS: $Math.floor(process.memoryUsage().rss / 1024) }
  },
  umask: () => 0o22,
  getuid: () => 1000,
  getgid: () => 1000,
})
process.memoryUsage.rss = function rss() {
  return process.memoryUsage().rss
}

$install($Helpers, {
  signal,
  // Nothing is left to run: whoever wants to may begin something new.
  beforeExit() {
    'eager'
    process.emit('beforeExit', +process.exitCode || 0)
  },
  // The end. Returns the exit code.
  atExit() {
    'eager'
    if (!process._exiting) {
      process._exiting = true
      process.emit('exit', +process.exitCode || 0)
    }
    return +process.exitCode || 0
  },
  // An exception that no script caught. Returns whether a listener took it.
  uncaught(error, origin) {
    if (process.listenerCount('uncaughtException') > 0) {
      process.emit('uncaughtException', error, origin)
      return true
    }
    if (!process._exiting) {
      process._exiting = true
      process.exitCode = 1
      process.emit('exit', 1)
    }
    return false
  },
  // A handler for a rejected promise that has been reported, or has had one before.
  handledLate(promise) {
    const tell = () => { process.emit('rejectionHandled', promise) }
    if (reported?.delete(promise)) $nextTick(() => $enqueueCall(tell))
  },
  // A rejection that nobody handles. Without a listener it is an exception.
  unhandled(promise, reason) {
    if (process.emit('unhandledRejection', reason, promise)) {
      reported ??= new $WeakSet()
      reported.add(promise)
      return
    }
    if (reason instanceof $Error || ($isObject(reason) && typeof reason.stack === 'string')) throw reason
    const error = new $Error(
      'This error originated either by throwing inside of an async function without a catch block, or by rejecting a ' +
        `promise which was not handled with .catch(). The promise rejected with the reason "${$describe(reason)}".`,
    )
    error.code = 'ERR_UNHANDLED_REJECTION'
    error.name = 'UnhandledPromiseRejection'
    error.stack = `${error.name}: ${error.message}`
    throw error
  },
})
