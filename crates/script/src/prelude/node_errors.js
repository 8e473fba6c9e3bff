'use strict'
// Errors as Node's own modules throw them: with a code, which the stack shows too.

const tags = { Error: $Error, TypeError: $TypeError, RangeError: $RangeError }

$install($Helpers, {
  nodeError(kind, code, message) {
    const error = new tags[kind](message)
    const stack = error.stack
    $Object.defineProperty(error, 'stack', {
      value: `${kind} [${code}]${stack.slice(kind.length)}`, writable: true, configurable: true, enumerable: false,
    })
    $Object.defineProperty(error, 'toString', {
      value() { return `${this.name} [${code}]: ${this.message}` },
      writable: true, configurable: true, enumerable: false,
    })
    error.code = code
    return error
  },
  // "type number (5)", "an instance of Map": how messages name what came instead.
  receivedText(value) {
    if (value === undefined || value === null) return `${value}`
    if (typeof value === 'function') return `function ${value.name}`
    if (typeof value === 'object') {
      return value.constructor && value.constructor.name ? `an instance of ${value.constructor.name}` : $inspect(value, -1, false)
    }
    let text = $inspect(value, 2, false)
    if (text.length > 28) text = `${text.slice(0, 25)}...`
    return `type ${typeof value} (${text})`
  },
  // "a, b, or c"
  listText(items) {
    if (items.length < 3) return items.join(' or ')
    return `${items.slice(0, -1).join(', ')}, or ${items[items.length - 1]}`
  },
  // "one of type string or an instance of Buffer or Array": classes begin with a capital letter.
  expectedText(names) {
    const types = [], classes = [], others = []
    for (const name of names) {
      if (['string', 'function', 'number', 'object', 'Function', 'Object', 'boolean', 'bigint', 'symbol'].includes(name)) {
        types.push(name.toLowerCase())
      } else if (name[0] >= 'A' && name[0] <= 'Z' && !name.includes(' ')) classes.push(name)
      else others.push(name)
    }
    const parts = []
    if (types.length > 0) parts.push(types.length > 1 ? `one of type ${$Helpers.listText(types)}` : `of type ${types[0]}`)
    if (classes.length > 0) parts.push(`an instance of ${$Helpers.listText(classes)}`)
    if (others.length > 0) parts.push(others.length > 1 ? `one of ${$Helpers.listText(others)}` : others[0][0].toLowerCase() === others[0][0] ? others[0] : `an ${others[0]}`)
    return parts.join(' or ')
  },
  argumentTypeError(name, names, value) {
    const what = name.endsWith(' argument') ? `The ${name}` : `The "${name}" ${name.includes('.') ? 'property' : 'argument'}`
    return $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_TYPE',
      `${what} must be ${$Helpers.expectedText(names)}. Received ${$Helpers.receivedText(value)}`)
  },
  // Large numbers are shown with underscores.
  rangeErrorOf(name, range, value) {
    let text = $inspect(value, 2, false)
    if (typeof value === 'bigint' || typeof value === 'number' && $Number.isInteger(value)) {
      const big = typeof value === 'bigint'
      if (big ? value > 4294967296n || value < -4294967296n : $Math.abs(value) > 4294967296) {
        let digits = `${value}`, grouped = big ? 'n' : ''
        const start = digits[0] === '-' ? 1 : 0
        let at = digits.length
        for (; at >= start + 4; at -= 3) grouped = `_${digits.slice(at - 3, at)}${grouped}`
        text = digits.slice(0, at) + grouped
      }
    }
    return $Helpers.nodeError('RangeError', 'ERR_OUT_OF_RANGE',
      `The value of "${name}" is out of range. It must be ${range}. Received ${text}`)
  },
})
