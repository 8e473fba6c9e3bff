'use strict'
// process, and how a run ends. Intrinsics:
//   $nextTick(f, ...args)   before every other job
//   $reallyExit(code)       the run is over
//   $nowNs()                the virtual clock, in nanoseconds
//   $writeText(stream, text)
//   $loopIsAlive()          whether something is left to run
//   $activeTasks()          the timers and immediates that the run waits for

const process = $process
const { EventEmitter } = $Helpers

const { process: Process } = { process: function () {} }
Process.prototype = $Object.create(EventEmitter.prototype, { constructor: { value: Process, writable: true, configurable: true } })
$Object.setPrototypeOf(process, Process.prototype)
EventEmitter.call(process)

const SIGNALS = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGUSR1: 10, SIGUSR2: 12, SIGTERM: 15 }

// What a number has to be; the range is a text of the error.
function checkNumber(value, name) {
  if (typeof value !== 'number') throw $Helpers.argumentTypeError(name, ['number'], value)
}

function checkString(value, name) {
  if (typeof value !== 'string') throw $Helpers.argumentTypeError(name, ['string'], value)
}

// All that may be said of an exit code: an integer, or its text.
function checkExitCode(code) {
  if (code === undefined || code === null) return
  const value = typeof code === 'string' && code !== '' && $Number.isInteger(+code) ? +code : code
  checkNumber(value, 'code')
  if (!$Number.isInteger(value)) throw $Helpers.rangeErrorOf('code', 'an integer', value)
}

function hrtime(before) {
  if (before !== undefined) {
    if (!$isArray(before)) throw $Helpers.argumentTypeError('time', ['Array'], before)
    if (before.length !== 2) throw $Helpers.rangeErrorOf('time', '2', before.length)
  }
  const now = $nowNs(), seconds = $Math.floor(now / 1e9), rest = now % 1e9
  if (before === undefined) return [seconds, rest]
  const left = rest - before[1]
  return left < 0 ? [seconds - before[0] - 1, left + 1e9] : [seconds - before[0], left]
}
hrtime.bigint = function bigint() {
  return $globalThis.BigInt($nowNs())
}

function exit(code) {
  checkExitCode(code)
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
  if (pid != (pid | 0)) throw $Helpers.argumentTypeError('pid', ['number'], pid)
  pid |= 0
  if (pid !== process.pid && pid !== 0) {
    const error = new $Error('kill ESRCH')
    error.errno = -3
    error.code = 'ESRCH'
    error.syscall = 'kill'
    throw error
  }
  if (wanted === 0) return true
  if (typeof wanted === 'number' && !$Object.values(SIGNALS).includes(wanted)) {
    throw $Object.assign(new $Error('kill EINVAL'), { errno: -22, code: 'EINVAL', syscall: 'kill' })
  }
  const name = typeof wanted === 'number' ? $Object.keys(SIGNALS).find((key) => SIGNALS[key] === wanted) : wanted
  if (SIGNALS[name] === undefined) {
    const error = new $TypeError(`Unknown signal: ${wanted}`)
    error.code = 'ERR_UNKNOWN_SIGNAL'
    throw error
  }
  $setImmediate(() => signal(name))
  return true
}

let warned = false, mask = 0o22
// What takes every exception that no script caught.
let captures = null
// The rejected promises that listeners have been told of.
let reported

function emitWarning(warning, type, code) {
  let detail
  if (typeof type === 'object' && type !== null && !$isArray(type)) {
    if (typeof type.detail === 'string') detail = type.detail
    ;({ type = 'Warning', code } = type)
  } else if (typeof type === 'function') {
    type = 'Warning'
    code = undefined
  }
  if (type !== undefined) checkString(type, 'type')
  if (typeof code === 'function') code = undefined
  else if (code !== undefined) checkString(code, 'code')
  if (typeof warning === 'string') {
    const error = new $Error(warning)
    error.name = type || 'Warning'
    if (detail !== undefined) error.detail = detail
    if (code) error.code = code
    warning = error
  } else if (!(warning instanceof $Error)) {
    throw $Helpers.argumentTypeError('warning', ['string', 'Error'], warning)
  }
  if (warning.name === 'DeprecationWarning') {
    if (process.noDeprecation) return
    if (process.throwDeprecation) return $nextTick(() => { throw warning })
  }
  $nextTick(() => {
    const label = warning.code === undefined ? warning.name : `[${warning.code}] ${warning.name}`
    $writeText(2, `(node:${process.pid}) ${label}: ${warning.message}\n`)
    if (typeof warning.detail === 'string') $writeText(2, `${warning.detail}\n`)
    const flag = warning.name === 'DeprecationWarning' ? 'deprecation' : 'warnings'
    if (!warned) $writeText(2, `(Use \`node --trace-${flag} ...\` to show where the warning was created)\n`)
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
  _exiting: false,
  config: $Object.freeze({ target_defaults: $Object.freeze({}), variables: $Object.freeze({}) }),
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
  cpuUsage(before) {
    const user = $Math.floor($nowNs() / 1000)
    if (!before) return { user, system: 0 }
    if (typeof before !== 'object') throw $Helpers.argumentTypeError('prevValue', ['object'], before)
    for (const key of ['user', 'system']) {
      const value = before[key]
      checkNumber(value, `prevValue.${key}`)
      if (value >= 0 && value <= $Number.MAX_SAFE_INTEGER) continue
      throw $Helpers.nodeError('RangeError', 'ERR_INVALID_ARG_VALUE', `The property 'prevValue.${key}' is invalid. Received ${value}`)
    }
    return { user: user - before.user, system: 0 - before.system }
  },
  resourceUsage() {
    return {
      userCPUTime: $Math.floor($nowNs() / 1000), systemCPUTime: 0, maxRSS: $Math.floor(process.memoryUsage().rss / 1024),
      sharedMemorySize: 0, unsharedDataSize: 0, unsharedStackSize: 0, minorPageFault: 0, majorPageFault: 0, swappedOut: 0,
      fsRead: 0, fsWrite: 0, ipcSent: 0, ipcReceived: 0, signalsCount: 0, voluntaryContextSwitches: 0, involuntaryContextSwitches: 0,
    }
  },
  getActiveResourcesInfo: () => $activeTasks().map((task) => task.constructor.name),
  setUncaughtExceptionCaptureCallback(callback) {
    if (callback !== null && typeof callback !== 'function') {
      throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_TYPE',
        `The "fn" argument must be of type function or null. Received ${$received(callback)}`)
    }
    if (callback !== null && captures !== null) {
      throw $Helpers.nodeError('Error', 'ERR_UNCAUGHT_EXCEPTION_CAPTURE_ALREADY_SET',
        '`process.setupUncaughtExceptionCapture()` was called while a capture callback was already active')
    }
    captures = callback
  },
  hasUncaughtExceptionCaptureCallback: () => captures !== null,
  setSourceMapsEnabled(wanted) {
    if (typeof wanted !== 'boolean') throw $Helpers.argumentTypeError('val', ['boolean'], wanted)
  },
  umask(wanted) {
    const before = mask
    if (wanted === undefined) return before
    const value = typeof wanted === 'string' && /^[0-7]+$/.test(wanted) ? $parseInt(wanted, 8) : wanted
    if (typeof value === 'string') {
      throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
        `The argument 'mask' must be a 32-bit unsigned integer or an octal string. Received ${$inspect(value)}`)
    }
    checkNumber(value, 'mask')
    if (!(value >= 0 && value <= 4294967295)) throw $Helpers.rangeErrorOf('mask', '>= 0 && <= 4294967295', value)
    mask = value & 0o777
    return before
  },
  // There is one folder.
  chdir(folder) {
    checkString(folder, 'directory')
    if (folder === '.' || folder === process.cwd()) return
    throw $Object.assign(new $Error(`ENOENT: no such file or directory, chdir '${process.cwd()}' -> '${folder}'`),
      { errno: -2, code: 'ENOENT', syscall: 'chdir', path: process.cwd(), dest: folder })
  },
  getBuiltinModule(id) {
    checkString(id, 'id')
    const name = id.startsWith('node:') ? $slice(id, 5) : id
    return $builtinCode(name, true) ? $builtin(name) : undefined
  },
  getuid: () => 1000,
  geteuid: () => 1000,
  getgid: () => 1000,
  getegid: () => 1000,
  getgroups: () => [1000],
  title: 'node',
  debugPort: 9229,
})
let exitCode
$Object.defineProperty(process, 'exitCode', {
  get: () => exitCode,
  set(code) {
    checkExitCode(code)
    exitCode = code
  },
  enumerable: true,
})

// The environment holds text.
process.env = new $globalThis.Proxy(process.env, {
  set(variables, name, value) {
    if (typeof name === 'symbol' || typeof value === 'symbol') throw new $TypeError('Cannot convert a Symbol value to a string')
    variables[name] = `${value}`
    return true
  },
  defineProperty(variables, name, { value, writable, enumerable, configurable, get, set }) {
    const refuse = (what) => $Helpers.nodeError('TypeError', 'ERR_INVALID_OBJECT_DEFINE_PROPERTY', `'process.env' ${what}`)
    if (get !== undefined || set !== undefined) throw refuse('does not accept an accessor(getter/setter) descriptor')
    if (!(writable && enumerable && configurable)) throw refuse('only accepts a configurable, writable, and enumerable data descriptor')
    variables[name] = `${value}`
    return true
  },
})
// As long as these are theirs, the console need not go through the streams.
$Helpers.plainWrites = [undefined, process.stdout.write, process.stderr.write]
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
    process.emit('uncaughtExceptionMonitor', error, origin)
    if (captures !== null) {
      captures(error)
      return true
    }
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
