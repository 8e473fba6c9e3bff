'use strict'
// The class Console: a console that writes to streams of the script's own (Node: lib/internal/console/constructor.js). The global
// console is in `prelude/console.js`.

const { nodeError, argumentTypeError, durationText, tableText, writeTo } = $Helpers
const isConsole = $Symbol('kIsConsole')
const INDENTATION = 2

function check({ stdout, stderr, colorMode, groupIndentation, inspectOptions }, given) {
  for (const [name, stream] of [['stdout', stdout], ['stderr', stderr]]) {
    if (!stream || typeof stream.write !== 'function') {
      throw nodeError('TypeError', 'ERR_CONSOLE_WRITABLE_STREAM', `Console expects a writable stream instance for ${name}`)
    }
  }
  if (!['auto', true, false].includes(colorMode)) {
    throw nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
      `The argument 'colorMode' must be one of: 'auto', true, false. Received ${$inspect(colorMode)}`)
  }
  if (groupIndentation !== undefined) {
    if (typeof groupIndentation !== 'number') throw argumentTypeError('groupIndentation', ['number'], groupIndentation)
    if (!$Number.isInteger(groupIndentation)) throw $Helpers.rangeErrorOf('groupIndentation', 'an integer', groupIndentation)
    if (groupIndentation < 0 || groupIndentation > 1000) {
      throw $Helpers.rangeErrorOf('groupIndentation', '>= 0 && <= 1000', groupIndentation)
    }
  }
  if (inspectOptions === undefined) return
  if (inspectOptions === null || typeof inspectOptions !== 'object') {
    throw argumentTypeError('options.inspectOptions', ['object'], inspectOptions)
  }
  if (inspectOptions.colors !== undefined && given !== undefined) {
    throw nodeError('TypeError', 'ERR_INCOMPATIBLE_OPTION_PAIR',
      'Option "options.inspectOptions.color" cannot be used in combination with option "colorMode"')
  }
}

function Console(options, stderr, ignoreErrors) {
  if (!new.target) return new Console(options, stderr, ignoreErrors)
  if (!options || typeof options.write === 'function') options = { stdout: options, stderr, ignoreErrors }
  const settings = {
    stderr: options.stdout, ignoreErrors: true, colorMode: 'auto',
    ...$Object.fromEntries($Object.entries(options).filter(([, value]) => value !== undefined)),
  }
  check(settings, options.colorMode)
  const { stdout, inspectOptions, colorMode, groupIndentation = INDENTATION } = settings
  const state = {
    stdout, stderr: settings.stderr, ignoresErrors: !!settings.ignoreErrors,
    indent: '', step: ' '.repeat(groupIndentation), counts: new $Map(), starts: new $Map(),
    optionsFor(stream) {
      const colors = colorMode === 'auto' ? !!stream.isTTY && ($process.env.NO_COLOR === undefined) : colorMode
      return inspectOptions === undefined ? colors ? { colors } : undefined : { colors, ...inspectOptions }
    },
  }
  // Methods work without their console: each console has its own.
  for (const [key, make] of $Object.entries(methods)) {
    const method = this[key] === Console.prototype[key] ? make(state) : $call($Function.prototype.bind, this[key], this)
    $Object.defineProperty(method, 'name', { value: key })
    this[key] = method
  }
  $Object.defineProperties(this, {
    _stdout: { value: stdout, writable: true, configurable: true },
    _stderr: { value: settings.stderr, writable: true, configurable: true },
    _ignoreErrors: { value: settings.ignoreErrors, writable: true, configurable: true },
    [isConsole]: { value: true, writable: true, configurable: true },
  })
}

function print(state, stream, text) {
  if (state.indent !== '') text = state.indent + text.replaceAll('\n', `\n${state.indent}`)
  writeTo(stream, `${text}\n`, state.ignoresErrors)
}

const printer = (name) => (state) => (...args) => {
  print(state, state[name], $formatList(args, state.optionsFor(state[name])))
}

const opener = (state) => (...args) => {
  if (args.length > 0) print(state, state.stdout, $formatList(args, state.optionsFor(state.stdout)))
  state.indent += state.step
}

// The duration since `time` was called with the label; undefined: it was not.
function lasted(state, label, method) {
  const start = state.starts.get(label)
  if (start !== undefined) return durationText($now() - start)
  $process.emitWarning(`No such label '${label}' for console.${method}()`)
}

// Each makes the method of a console's state.
const methods = {
  log: printer('stdout'),
  warn: printer('stderr'),
  error: printer('stderr'),
  dir: (state) => (value, options) => {
    print(state, state.stdout, $publicInspect(value, { customInspect: false, ...state.optionsFor(state.stdout), ...options }))
  },
  time: (state) => (label = 'default') => {
    label = `${label}`
    if (state.starts.has(label)) $process.emitWarning(`Label '${label}' already exists for console.time()`)
    else state.starts.set(label, $now())
  },
  timeEnd: (state) => (label = 'default') => {
    const duration = lasted(state, `${label}`, 'timeEnd')
    if (duration === undefined) return
    print(state, state.stdout, `${label}: ${duration}`)
    state.starts.delete(`${label}`)
  },
  timeLog: (state) => (label = 'default', ...args) => {
    const duration = lasted(state, `${label}`, 'timeLog')
    if (duration !== undefined) print(state, state.stdout, $formatList([`${label}: ${duration}`, ...args], state.optionsFor(state.stdout)))
  },
  trace: (state) => (...args) => {
    const text = $formatList(args, state.optionsFor(state.stderr)), { stack } = new $Error()
    print(state, state.stderr, `Trace${text === '' ? '' : `: ${text}`}${stack.slice(stack.indexOf('\n'))}`)
  },
  assert: (state) => (condition, ...args) => {
    if (condition) return
    args[0] = `Assertion failed${args.length === 0 ? '' : `: ${args[0]}`}`
    methods.warn(state)(...args)
  },
  clear: (state) => () => {
    if (state.stdout.isTTY && $process.env.TERM !== 'dumb') state.stdout.write('\x1b[1;1H\x1b[0J')
  },
  count: (state) => (label = 'default') => {
    label = `${label}`
    const count = (state.counts.get(label) ?? 0) + 1
    state.counts.set(label, count)
    print(state, state.stdout, `${label}: ${count}`)
  },
  countReset: (state) => (label = 'default') => {
    if (!state.counts.delete(`${label}`)) $process.emitWarning(`Count for '${label}' does not exist`)
  },
  group: opener,
  groupEnd: (state) => () => {
    state.indent = state.indent.slice(0, state.indent.length - state.step.length)
  },
  table: (state) => (data, columns) => {
    if (columns !== undefined && !$isArray(columns)) throw argumentTypeError('properties', ['Array'], columns)
    const text = data !== null && typeof data === 'object' ? tableText(data, columns) : $formatList([data], state.optionsFor(state.stdout))
    print(state, state.stdout, text)
  },
  debug: printer('stdout'),
  info: printer('stdout'),
  dirxml: printer('stdout'),
  groupCollapsed: opener,
}

for (const [key, make] of $Object.entries(methods)) {
  const method = { [key](...args) { return make(this)(...args) } }[key]
  $Object.defineProperty(Console.prototype, key, { value: method, writable: true, configurable: true })
}
$Object.defineProperty(Console, $Symbol.hasInstance, {
  value: (instance) => instance === $console || $isObject(instance) && instance[isConsole] === true,
})

module.exports = { Console }
