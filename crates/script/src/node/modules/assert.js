'use strict'
// The module `assert` (Node: lib/assert.js).

const { isDeepEqual } = require('internal/deep_equal')

const TITLES = {
  deepStrictEqual: 'Expected values to be strictly deep-equal:',
  strictEqual: 'Expected values to be strictly equal:',
  strictEqualObject: 'Expected "actual" to be reference-equal to "expected":',
  deepEqual: 'Expected values to be loosely deep-equal:',
  notDeepStrictEqual: 'Expected "actual" not to be strictly deep-equal to:',
  notStrictEqual: 'Expected "actual" to be strictly unequal to:',
  notStrictEqualObject: 'Expected "actual" not to be reference-equal to "expected":',
  notDeepEqual: 'Expected "actual" not to be loosely deep-equal to:',
  notIdentical: 'Values have same structure but are not reference-equal:',
  notDeepEqualUnequal: 'Expected values not to be loosely deep-equal:',
}

class AssertionError extends $Error {
  constructor({ message, actual, expected, operator, generated = false }) {
    super(message)
    // The stack shows the code too.
    $Object.defineProperty(this, 'stack', {
      value: this.stack.replace('AssertionError', 'AssertionError [ERR_ASSERTION]'), writable: true, configurable: true,
    })
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

// `text` is the message where none is given and none follows from the operator.
function fail(details) {
  const { message } = details
  if (message instanceof $Error) throw message
  const generated = message === undefined
  const text = generated ? details.text ?? generatedMessage(details) : message
  throw new AssertionError({ ...details, message: text, generated })
}

const shown = (value) =>
  $publicInspect(value, { compact: false, depth: 1000, maxArrayLength: null, showHidden: false, customInspect: false, sorted: true, getters: true, breakLength: $Number.MAX_SAFE_INTEGER })

const isReference = (value) => $isObject(value)
const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 3)}...` : text)

// At most 47 lines of a value.
function shortened(lines) {
  if (lines.length <= 50) return lines
  return [...lines.slice(0, 46), '...']
}

function generatedMessage({ actual, expected, operator }) {
  if (operator === 'deepStrictEqual' || operator === 'strictEqual') return difference(actual, expected, operator)
  if (operator === 'notDeepStrictEqual' || operator === 'notStrictEqual') {
    const title = TITLES[operator === 'notStrictEqual' && isReference(actual) ? 'notStrictEqualObject' : operator]
    const lines = shortened(shown(actual).split('\n'))
    if (lines.length > 1) return `${title}\n\n${lines.join('\n')}\n`
    return `${title}${lines[0].length > 5 ? '\n\n' : ' '}${lines[0]}`
  }
  const a = shown(actual), b = shown(expected)
  if (operator === 'notDeepEqual' && a === b) return cut(`${TITLES.notDeepEqual}\n\n${a}`, 1024)
  const left = cut(a, 512), right = cut(b, 512)
  if (operator === 'deepEqual') return `${TITLES.deepEqual}\n\n${left}\n\nshould loosely deep-equal\n\n${right}`
  if (operator === 'notDeepEqual') return `${TITLES.notDeepEqualUnequal}\n\n${left}\n\nshould not loosely deep-equal\n\n${right}`
  return `${left} ${operator} ${right}`
}

// Both values line by line, what only one of them has is marked (Node: lib/internal/assert/assertion_error.js, createErrDiff).
function difference(actual, expected, operator) {
  const whole = shown(actual), a = whole.split('\n'), b = shown(expected).split('\n')
  const sort = typeof actual === 'function' && typeof expected === 'function'
  const objects = typeof actual === 'object' && actual !== null && typeof expected === 'object' && expected !== null
  if (operator === 'strictEqual' && (objects || sort)) operator = 'strictEqualObject'
  let indicator = ''
  if (a.length === 1 && b.length === 1 && a[0] !== b[0]) {
    const length = a[0].length + b[0].length
    const plain = (typeof actual !== 'object' || actual === null) && (typeof expected !== 'object' || expected === null)
    if (length <= 12) {
      if (plain && (actual !== 0 || expected !== 0)) return `${TITLES[operator]}\n\n${a[0]} !== ${b[0]}\n`
    } else if (operator !== 'strictEqualObject' && length < 80) {
      let same = 0
      while (a[0][same] === b[0][same]) same++
      if (same > 2) indicator = `\n  ${' '.repeat(same)}^`
    }
  }
  const { end, skipped } = commonEnd(a, b)
  if (a.length === 0 && b.length === 0) return `${TITLES.notIdentical}\n\n${shortened(whole.split('\n')).join('\n')}\n`
  const title = `${TITLES[operator]}\n+ actual - expected`
  const marks = marked(a, b)
  const note = skipped || marks.skipped ? ' ... Lines skipped' : ''
  return `${title}${note}\n${marks.text}${marks.tooLong ? '' : end + indicator}`
}

// Takes the lines that both have at their ends: three of them are shown, and the first one.
function commonEnd(a, b) {
  let end = '', first = '', count = 0
  while (a.length > 0 && b.length > 0 && a[a.length - 1] === b[b.length - 1]) {
    const line = a.pop()
    b.pop()
    if (count++ < 3) end = `\n  ${line}${end}`
    else first = line
  }
  const skipped = count >= 5
  if (skipped) end = `\n...${end}`
  if (first !== '') end = `\n  ${first}${end}`
  return { end, skipped }
}

function marked(a, b) {
  const most = a.length > b.length ? a.length : b.length, least = a.length < b.length ? a.length : b.length
  const longer = a.length < most ? b : a
  let text = '', later = '', printed = 0, identical = 0, skipped = false
  // After a run of equal lines: those of them that have not been printed, or dots.
  const passed = (lines, at) => {
    if (identical > 5) {
      text += '\n...'
      skipped = true
    } else if (identical === 5) {
      text += `\n  ${lines[at - 3]}`
      printed++
    }
    if (identical > 3) {
      text += `\n  ${lines[at - 2]}`
      printed++
    }
    if (identical > 2) {
      text += `\n  ${lines[at - 1]}`
      printed++
    }
    identical = 0
  }
  for (let i = 0; i < most; i++) {
    if (i >= least) {
      passed(longer, i)
      if (longer === a) text += `\n+ ${a[i]}`
      else later += `\n- ${b[i]}`
      printed++
    } else {
      let line = a[i]
      let diverges = line !== b[i] && (!line.endsWith(',') || line.slice(0, -1) !== b[i])
      if (diverges && b[i].endsWith(',') && b[i].slice(0, -1) === line) {
        diverges = false
        line += ','
      }
      if (diverges) {
        passed(a, i)
        text += `\n+ ${line}`
        later += `\n- ${b[i]}`
        printed += 2
      } else {
        text += later
        later = ''
        if (++identical <= 2) {
          text += `\n  ${line}`
          printed++
        }
      }
    }
    if (printed > 50 && i < most - 2) return { text: `${text}\n...${later}\n...`, skipped: true, tooLong: true }
  }
  return { text: text + later, skipped, tooLong: false }
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

// The text of the call that has failed, as it stands in the source.
function callText() {
  const source = $callSource(), part = /([\x22\x27\x60])(?:\\.|(?!\1)[^])*\1|\/\/.*|\/\*[^]*?\*\/|[([{]|[)\]}]/g
  let depth = 0
  for (let found; (found = part.exec(source)) !== null;) {
    if ('([{'.includes(found[0])) depth++
    else if (')]}'.includes(found[0]) && --depth === 0) return source.slice(0, part.lastIndex)
  }
  return source
}

function checkTruth(args) {
  const [value, message] = args
  if (value) return
  let text
  if (args.length === 0) text = 'No value argument passed to `assert.ok()`'
  else if (message === undefined) text = `The expression evaluated to a falsy value:\n\n  ${callText().replace(/\n/g, '\n  ')}\n`
  fail({ actual: value, expected: true, operator: '==', message, text })
}

function ok(...args) {
  checkTruth(args)
}

function assert(...args) {
  checkTruth(args)
}

// What is shown of two errors that were compared by some of their properties.
class Comparison {}

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
      const a = new Comparison(), b = new Comparison()
      for (const name of keys) {
        if (name in error) a[name] = error[name]
        b[name] = $isRegExp(expected[name]) && typeof error[name] === 'string' && expected[name].test(error[name]) ? error[name] : expected[name]
      }
      fail({ actual: error, expected, operator, message: message ?? difference(a, b, 'deepStrictEqual') })
    }
  }
}

// A message that is the error's own is likely to be meant as a pattern.
function refuseAmbiguous(error, message, expected) {
  if (message === undefined || expected !== undefined) return
  const isObject = typeof error === 'object' && error !== null
  if (isObject ? error.message !== message : error !== message) return
  const what = isObject ? `The error message "${error.message}" is identical to the message.` : `The error "${error}" is identical to the message.`
  const refused = new $TypeError(`The "error/message" argument is ambiguous. ${what}`)
  refused.code = 'ERR_AMBIGUOUS_ARGUMENT'
  throw refused
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
  fail(message) {
    fail({ operator: 'fail', message, text: 'Failed' })
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
      refuseAmbiguous(error, message, expected)
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
    fail({ actual: text, expected: pattern, operator: 'match', message, text: reason })
  },
  doesNotMatch(text, pattern, message) {
    if (typeof text === 'string' && !pattern.test(text)) return
    const isText = typeof text === 'string'
    fail({ actual: text, expected: pattern, operator: 'doesNotMatch', message, text: !isText ? `The "string" argument must be of type string. Received ${$received(text)}` : `The input was expected to not match the regular expression ${$inspect(pattern)}. Input:\n\n${$inspect(text)}\n` })
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
