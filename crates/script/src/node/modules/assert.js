'use strict'
// The module `assert` (Node: lib/assert.js).

const { isDeepEqual } = require('internal/deep_equal')

const TITLES = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
}

class AssertionError extends $Error {
  constructor({ message, actual, expected, operator, generated = false }) {
    super(message)
    this.generatedMessage = generated
    this.code = 'ERR_ASSERTION'
    this.actual = actual
    this.expected = expected
    this.operator = operator
  }
  toString() {
    return `${this.name} [${this.code}]: ${this.message}`
  }
}
$Object.defineProperty(AssertionError.prototype, 'name', { value: 'AssertionError', writable: true, configurable: true })

function fail(details) {
  const { message } = details
  if (message instanceof $Error) throw message
  const generated = message === undefined
  const error = new AssertionError({ ...details, message: generated ? generatedMessage(details) : message, generated })
  throw error
}

const shown = (value) =>
  $publicInspect(value, { compact: false, depth: 1000, maxArrayLength: null, showHidden: false, sorted: true, getters: true, breakLength: $Number.MAX_SAFE_INTEGER })



function generatedMessage({ actual, expected, operator }) {
  if (operator === 'deepStrictEqual' || operator === 'strictEqual') return difference(actual, expected, operator)
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    const lines = shown(actual).split('\n')
    return lines.length === 1 ? `${TITLES[operator]}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}${lines[0].length > 5 ? '\n' : ''}` : `${TITLES[operator]}\n\n${lines.join('\n')}\n`
  }
  const a = shown(actual), b = shown(expected)
  if (operator === 'deepEqual') return `${TITLES.deepEqual}\n\n${a}\n\nshould loosely deep-equal\n\n${b}`
  if (operator === 'notDeepEqual') return `${TITLES.notDeepEqual}\n\n${a}`
  return `${a} ${operator} ${b}`
}

// Both values line by line: what only one of them has is marked.
function difference(actual, expected, operator) {
  const a = shown(actual).split('\n'), b = shown(expected).split('\n'), title = TITLES[operator]
  if (a.length === 1 && b.length === 1 && a[0] !== b[0]) {
    const simple = !($isObject(actual) && typeof actual !== 'function') && !($isObject(expected) && typeof expected !== 'function')
    if (simple && a[0].length + b[0].length <= 12 && (actual !== 0 || expected !== 0)) {
      return `${title}\n\n${a[0]} !== ${b[0]}\n`
    }
  }
  if (operator === 'strictEqual' && a.join('\n') === b.join('\n') && $isObject(actual)) {
    return `Values have same structure but are not reference-equal:\n\n${a.join('\n')}\n`
  }
  return `${title}\n+ actual - expected\n\n${marked(a, b).join('\n')}`
}

function marked(a, b) {
  let start = 0
  while (start < a.length && start < b.length && a[start] === b[start]) start++
  let end = 0
  while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++
  return [
    ...a.slice(0, start).map((line) => `  ${line}`),
    ...a.slice(start, a.length - end).map((line) => `+ ${line}`),
    ...b.slice(start, b.length - end).map((line) => `- ${line}`),
    ...a.slice(a.length - end).map((line) => `  ${line}`),
  ]
}

function check(holds, operator) {
  const test = {
    [operator](actual, expected, message) {
      if (arguments.length < 2) throw missing('actual', 'expected')
      if (!holds(actual, expected)) fail({ actual, expected, message, operator })
    },
  }
  return test[operator]
}

function missing(...names) {
  const error = new $TypeError(`The ${names.map((name) => `"${name}"`).join(' and ')} arguments must be specified`)
  error.code = 'ERR_MISSING_ARGS'
  return error
}

function ok(...args) {
  const [value, message] = args
  if (value) return
  if (args.length === 0) fail({ actual: undefined, expected: true, operator: '==', message: 'No value argument passed to `assert.ok()`' })
  const text = message === undefined ? 'The expression evaluated to a falsy value:\n\n  assert.ok(...)\n' : message
  fail({ actual: value, expected: true, operator: '==', message: text })
}

function assert(...args) {
  const [value, message] = args
  if (value) return
  if (args.length === 0) ok()
  fail({ actual: value, expected: true, operator: '==', message: message === undefined ? 'The expression evaluated to a falsy value:\n\n  assert(...)\n' : message })
}

// Whether an error is what was expected: a class, a pattern, a test function or an object of properties.
function matches(error, expected, message, operator) {
  if (typeof expected === 'function') {
    if (expected.prototype !== undefined && error instanceof expected) return
    if (expected === $Error || $Error.prototype.isPrototypeOf(expected.prototype)) throw error
    if ($callList(expected, {}, [error]) === true) return
    const name = expected.name ? `"${expected.name}" ` : ''
    fail({ actual: error, expected, operator, message: message ?? `The ${name}validation function is expected to return "true". Received ${$inspect(false)}\n\nCaught error:\n\n${error}` })
  } else if ($isRegExp(expected)) {
    if (expected.test(`${error}`)) return
    fail({ actual: error, expected, operator, message: message ?? `The input did not match the regular expression ${$inspect(expected)}. Input:\n\n${$inspect(`${error}`)}\n` })
  } else if ($isObject(expected)) {
    const keys = $Object.keys(expected)
    if (expected instanceof $Error) keys.push('name', 'message')
    for (const key of keys) {
      const text = typeof error[key] === 'string' && $isRegExp(expected[key])
      if (text ? expected[key].test(error[key]) : isDeepEqual(error[key], expected[key], true)) continue
      const a = {}, b = {}
      for (const name of keys) {
        if (name in error) a[name] = error[name]
        b[name] = $isRegExp(expected[name]) && typeof error[name] === 'string' && expected[name].test(error[name]) ? error[name] : expected[name]
      }
      fail({ actual: error, expected, operator, message: message ?? difference(a, b, 'deepStrictEqual') })
    }
  }
}

function unmet(text, expected, message, operator) {
  const name = typeof expected === 'function' && expected.name ? ` (${expected.name})` : ''
  const more = typeof message === 'string' ? `: ${message}` : '.'
  fail({ actual: undefined, expected, operator, message: `Missing expected ${text}${name}${more}` })
}

function checkFunction(value, name) {
  if (typeof value === 'function') return
  const error = new $TypeError(`The "${name}" argument must be of type function. Received ${$received(value)}`)
  error.code = 'ERR_INVALID_ARG_TYPE'
  throw error
}

function unwanted(error, expected, message, text, operator) {
  if (typeof expected === 'string') [message, expected] = [expected, undefined]
  if (typeof expected === 'function' && !(error instanceof expected)) throw error
  const more = message === undefined ? '.' : `: ${message}`
  fail({ actual: error, expected, operator, message: `Got unwanted ${text}${more}\nActual message: "${error && error.message}"` })
}

async function settled(promiseOrFunction) {
  const promise = typeof promiseOrFunction === 'function' ? promiseOrFunction() : promiseOrFunction
  await promise
}

$Object.assign(assert, {
  ok,
  fail(message = 'Failed') {
    fail({ operator: 'fail', message })
  },
  equal: check((a, b) => a == b || (a !== a && b !== b), '=='),
  notEqual: check((a, b) => a != b && (a === a || b === b), '!='),
  strictEqual: check($Object.is, 'strictEqual'),
  notStrictEqual: check((a, b) => !$Object.is(a, b), 'notStrictEqual'),
  deepEqual: check((a, b) => isDeepEqual(a, b, false), 'deepEqual'),
  notDeepEqual: check((a, b) => !isDeepEqual(a, b, false), 'notDeepEqual'),
  deepStrictEqual: check((a, b) => isDeepEqual(a, b, true), 'deepStrictEqual'),
  notDeepStrictEqual: check((a, b) => !isDeepEqual(a, b, true), 'notDeepStrictEqual'),
  throws(fn, expected, message) {
    checkFunction(fn, 'fn')
    if (typeof expected === 'string') [message, expected] = [expected, undefined]
    try {
      fn()
    } catch (error) {
      return matches(error, expected, message, 'throws')
    }
    unmet('exception', expected, message, 'throws')
  },
  doesNotThrow(fn, expected, message) {
    checkFunction(fn, 'fn')
    try {
      fn()
    } catch (error) {
      unwanted(error, expected, message, 'exception', 'doesNotThrow')
    }
  },
  async rejects(promise, expected, message) {
    if (typeof expected === 'string') [message, expected] = [expected, undefined]
    try {
      await settled(promise)
    } catch (error) {
      return matches(error, expected, message, 'rejects')
    }
    unmet('rejection', expected, message, 'rejects')
  },
  async doesNotReject(promise, expected, message) {
    try {
      await settled(promise)
    } catch (error) {
      unwanted(error, expected, message, 'rejection', 'doesNotReject')
    }
  },
  ifError(value) {
    if (value === null || value === undefined) return
    const text = $isObject(value) && typeof value.message === 'string' ? value.message || value.constructor.name : $inspect(value)
    fail({ actual: value, expected: null, operator: 'ifError', message: `ifError got unwanted exception: ${text}` })
  },
  match(text, pattern, message) {
    if (typeof text === 'string' && pattern.test(text)) return
    const reason = typeof text === 'string' ? `The input did not match the regular expression ${$inspect(pattern)}. Input:\n\n${$inspect(text)}\n` : `The "string" argument must be of type string. Received ${$received(text)}`
    fail({ actual: text, expected: pattern, operator: 'match', message: message ?? reason })
  },
  doesNotMatch(text, pattern, message) {
    if (typeof text !== 'string' || !pattern.test(text)) return
    fail({ actual: text, expected: pattern, operator: 'doesNotMatch', message: message ?? `The input was expected to not match the regular expression ${$inspect(pattern)}. Input:\n\n${$inspect(text)}\n` })
  },
  AssertionError,
})

const strict = (...args) => assert(...args)
$Object.assign(strict, assert, {
  equal: assert.strictEqual,
  notEqual: assert.notStrictEqual,
  deepEqual: assert.deepStrictEqual,
  notDeepEqual: assert.notDeepStrictEqual,
})
strict.strict = strict
assert.strict = strict

module.exports = assert
