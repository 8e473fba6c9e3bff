'use strict'
// util.inspect where it meets script: `[nodejs.util.inspect.custom]` methods, getters of Symbol.toStringTag, and
// getters that the caller wants to see through. The machine formats; what only script can say, it asks for:
//   $inspectOnce(value, depth, showHidden, options, answers)
//                          the text, or a list of questions: object, sort, extra, again and again.
//   $customInspect(symbol) the symbol of the custom methods, at start-up
// Answers are such a list too, with the answer after each question. The sorts:

const CUSTOM = 0, TAG = 1 // and 2: a getter; extra is the level of the object, or the getter's key

const custom = $Symbol.for('nodejs.util.inspect.custom')
$customInspect(custom)

function inspect(value, depth, showHidden, options) {
  'eager'
  const text = $inspectOnce(value, depth, showHidden, options)
  return typeof text === 'string' ? text : inspectAsking(value, depth, showHidden, options, text)
}

function inspectAsking(value, depth, showHidden, options, questions) {
  const answers = []
  while (typeof questions !== 'string') {
    for (let i = 0; i < questions.length; i += 3) {
      const object = questions[i], sort = questions[i + 1], extra = questions[i + 2]
      let answer
      if (sort === CUSTOM) answer = customText(object, depth, extra, showHidden, options)
      else if (sort === TAG) answer = object[$Symbol.toStringTag]
      else answer = getterValue(object, extra)
      answers.push(object, sort, extra, answer)
    }
    questions = $inspectOnce(value, depth, showHidden, options, answers)
  }
  return questions
}

// What a getter gives; what it throws is told by a stand-in with a text of its own.
function getterValue(object, key) {
  try {
    return object[key]
  } catch (error) {
    return { [custom]: () => `<Inspection threw (${error?.message})>` }
  }
}

// What an object says of itself; undefined if it wants to be shown as any other. It is told how many levels are left, and the
// options of the whole.
function customText(object, depth, level, showHidden, options) {
  const left = depth === null ? null : depth - level
  const stylize = options?.colors ? styled : (text) => `${text}`
  const given = { depth, showHidden, colors: false, customInspect: true, stylize, ...options, depth }
  const result = $call(object[custom], object, left, given, publicInspect)
  if (result === object) return undefined
  return $isObject(result) ? inspect(result, left, showHidden, options) : `${result}`
}

// Text in the colours of a style, by its name.
function styled(text, style) {
  const codes = publicInspect.colors[publicInspect.styles[style]]
  return codes === undefined ? `${text}` : `\u001b[${codes[0]}m${text}\u001b[${codes[1]}m`
}

// util.inspect(value, options), or the old form (value, showHidden, depth, colors).
function publicInspect(value, options, oldDepth, colors) {
  if ($isObject(options)) {
    const depth = options.depth
    return inspect(value, depth === undefined ? 2 : depth, !!options.showHidden, options)
  }
  return inspect(value, oldDepth === undefined ? 2 : oldDepth, options === true, colors ? { colors } : undefined)
}

$Object.defineProperty(publicInspect, 'name', { value: 'inspect' })
publicInspect.custom = custom
publicInspect.defaultOptions = {
  showHidden: false,
  depth: 2,
  colors: false,
  customInspect: true,
  showProxy: false,
  maxArrayLength: 100,
  maxStringLength: 10000,
  breakLength: 80,
  compact: 3,
  sorted: false,
  getters: false,
  numericSeparator: false,
}

// What an error message says that it was given (Node: determineSpecificType).
function received(value) {
  if (value === undefined || value === null) return `${value}`
  if (typeof value === 'function') return value.name ? `function ${value.name}` : 'function'
  if (typeof value === 'object') {
    const name = value.constructor?.name
    return name ? `an instance of ${name}` : inspect(value, -1, false)
  }
  let text = inspect(value, 2, false)
  if (text.length > 28) text = `${$slice(text, 0, 25)}...`
  return `type ${typeof value} (${text})`
}

$install($Helpers, {
  $inspect(value, depth = 2, showHidden = false, options = undefined) {
    return inspect(value, depth, showHidden, options)
  },
  $publicInspect: publicInspect,
  // What Node's own classes hand on to the inspection of their insides.
  innerOptions: (options) => ({ ...options, depth: options.depth === null ? null : options.depth - 1 }),
  $received: received,
})
