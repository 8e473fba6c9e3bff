'use strict'
// util.parseArgs (Node: lib/internal/util/parse_args/parse_args.js).

function failure(Class, code, message) {
  const error = new Class(message)
  error.code = code
  return error
}

const invalid = (message) => failure($TypeError, 'ERR_PARSE_ARGS_INVALID_OPTION_VALUE', message)

const isOptionLike = (text) => text.length > 1 && text[0] === '-'

function checkOptions(options) {
  for (const name of $Object.keys(options)) {
    const { type, short, multiple } = options[name]
    if (type !== 'string' && type !== 'boolean') {
      throw failure($TypeError, 'ERR_INVALID_ARG_TYPE',
        `The "options.${name}.type" property must be ('string|boolean'). Received ${$received(type)}`)
    }
    if (short !== undefined && (typeof short !== 'string' || short.length !== 1)) {
      throw failure($TypeError, 'ERR_INVALID_ARG_VALUE',
        `The property 'options.${name}.short' must be a single character. Received ${$inspect(short)}`)
    }
    if (multiple !== undefined && typeof multiple !== 'boolean') {
      throw failure($TypeError, 'ERR_INVALID_ARG_TYPE',
        `The "options.${name}.multiple" property must be of type boolean. Received ${$received(multiple)}`)
    }
  }
}

function nameOfShort(letter, options) {
  return $Object.keys(options).find((name) => options[name].short === letter) ?? letter
}

// The arguments as they are written, one token each; a group of short options is taken apart.
function tokensOf(args, options) {
  const tokens = [], rest = [...args]
  let index = -1, ofGroup = 0
  const takesValue = (name) => options[name]?.type === 'string'
  // An option that brings no value along: the next argument is its value, if it takes one.
  const addOption = (name, rawName) => {
    let value, inlineValue
    if (takesValue(name) && rest.length > 0 && rest[0] !== undefined) {
      value = rest.shift()
      inlineValue = false
    }
    tokens.push({ kind: 'option', name, rawName, index, value, inlineValue })
    if (value !== undefined) index++
  }
  while (rest.length > 0) {
    const arg = rest.shift()
    if (ofGroup > 0) ofGroup--
    else index++
    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index })
      for (const value of rest) tokens.push({ kind: 'positional', index: ++index, value })
      return tokens
    }
    if (arg.startsWith('--') && arg.length > 2) {
      const equals = arg.indexOf('=', 3)
      if (equals < 0) {
        addOption($slice(arg, 2), arg)
      } else {
        const name = $slice(arg, 2, equals)
        tokens.push({ kind: 'option', name, rawName: `--${name}`, index, value: $slice(arg, equals + 1), inlineValue: true })
      }
      continue
    }
    if (!isOptionLike(arg)) {
      tokens.push({ kind: 'positional', index, value: arg })
      continue
    }
    const name = nameOfShort(arg[1], options)
    if (arg.length === 2) {
      addOption(name, arg)
    } else if (takesValue(name)) {
      tokens.push({ kind: 'option', name, rawName: $slice(arg, 0, 2), index, value: $slice(arg, 2), inlineValue: true })
    } else {
      const expanded = []
      for (let i = 1; i < arg.length; i++) {
        const letter = arg[i]
        if (!takesValue(nameOfShort(letter, options)) || i === arg.length - 1) expanded.push(`-${letter}`)
        else {
          expanded.push(`-${$slice(arg, i)}`)
          break
        }
      }
      rest.unshift(...expanded)
      ofGroup = expanded.length
    }
  }
  return tokens
}

function checkUsage(options, allowPositionals, { name, rawName, value, inlineValue }) {
  if (!$hasOwn(options, name)) {
    const help = allowPositionals
      ? `. To specify a positional argument starting with a '-', place it at the end of the command after '--', as in '-- "${rawName}"`
      : ''
    throw failure($TypeError, 'ERR_PARSE_ARGS_UNKNOWN_OPTION', `Unknown option '${rawName}'${help}`)
  }
  const { short, type } = options[name], both = `${short === undefined ? '' : `-${short}, `}--${name}`
  if (type === 'string' && typeof value !== 'string') throw invalid(`Option '${both} <value>' argument missing`)
  if (type === 'boolean' && value !== undefined) throw invalid(`Option '${both}' does not take an argument`)
  if (type === 'string' && inlineValue === false && isOptionLike(value)) {
    const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`
    throw invalid(`Option '${rawName}' argument is ambiguous.
Did you forget to specify the option argument for '${rawName}'?
To specify an option argument starting with a dash use ${example}.`)
  }
}

function parseArgs(config = {}) {
  const { strict = true, allowPositionals = !strict, tokens: withTokens = false, options = {} } = config
  const args = config.args ?? $process.argv.slice(2)
  checkOptions(options)
  const tokens = tokensOf(args, options)
  const result = { values: $Object.create(null), positionals: [] }
  if (withTokens) result.tokens = tokens
  for (const token of tokens) {
    if (token.kind === 'positional') {
      if (!allowPositionals) {
        throw failure($TypeError, 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL',
          `Unexpected argument '${token.value}'. This command does not take positional arguments`)
      }
      result.positionals.push(token.value)
    } else if (token.kind === 'option') {
      if (strict) checkUsage(options, allowPositionals, token)
      const { name, value = true } = token
      if (name === '__proto__') continue
      if (options[name]?.multiple) (result.values[name] ??= []).push(value)
      else result.values[name] = value
    }
  }
  for (const name of $Object.keys(options)) {
    if (options[name].default !== undefined && result.values[name] === undefined) result.values[name] = options[name].default
  }
  return result
}

module.exports = { parseArgs }
