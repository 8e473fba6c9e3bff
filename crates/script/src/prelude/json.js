'use strict'
// JSON with a reviver, a replacer, toJSON or getters. More intrinsics:
//   $jsonParse(text)            the value; SyntaxErrors as V8 words them
//   $jsonQuote(text)            the text as a JSON string
//   $jsonPlain(value, gap)      the whole text when nothing in the value can call script; else undefined

$install($JSON, {
  parse(text, reviver) {
    const value = $jsonParse(`${text}`)
    return $isCallable(reviver) ? revive({ '': value }, '', reviver) : value
  },

  stringify(value, replacer, space) {
    const gap = indentText(space)
    if (replacer === undefined || replacer === null) {
      const plain = $jsonPlain(value, gap)
      if (plain !== undefined) return plain
    }
    const state = { replacer: undefined, keys: undefined, gap, indent: '', stack: [], path: [] }
    if ($isCallable(replacer)) state.replacer = replacer
    else if ($isArray(replacer)) state.keys = listedKeys(replacer)
    return textOf(state, { '': value }, '', value)
  },
})

function revive(holder, key, reviver) {
  const value = holder[key]
  if ($isObject(value)) {
    const keys = $isArray(value) ? indexKeys(value.length) : $Object.keys(value)
    for (let i = 0; i < keys.length; i++) {
      const revived = revive(value, keys[i], reviver)
      if (revived === undefined) $deleteProperty(value, keys[i])
      else $createDataProperty(value, keys[i], revived)
    }
  }
  return $call(reviver, holder, key, value)
}

function indexKeys(length) {
  const keys = $newArray(length)
  for (let i = 0; i < length; i++) keys[i] = `${i}`
  return keys
}

function indentText(space) {
  if ($isObject(space)) space = $unbox(space)
  if (typeof space === 'number') {
    const columns = space > 10 ? 10 : $toInteger(space)
    let text = ''
    for (let i = 0; i < columns; i++) text += ' '
    return text
  }
  return typeof space === 'string' ? space.slice(0, 10) : ''
}

function listedKeys(list) {
  const keys = [], length = $toLength(list.length)
  for (let i = 0; i < length; i++) {
    const item = $isObject(list[i]) ? $unbox(list[i]) : list[i]
    if (typeof item !== 'string' && typeof item !== 'number') continue
    const key = `${item}`
    if (!keys.includes(key)) keys[keys.length] = key
  }
  return keys
}

// The JSON text of holder[key], whose value was read already; undefined when it has none.
function textOf(state, holder, key, value) {
  if ($isObject(value) || typeof value === 'bigint') {
    const toJSON = value.toJSON
    if ($isCallable(toJSON)) value = $call(toJSON, value, key)
  }
  if (state.replacer !== undefined) value = $call(state.replacer, holder, key, value)
  if ($isObject(value)) value = $unbox(value)
  switch (typeof value) {
    case 'string': return $jsonQuote(value)
    case 'number': return value - value === 0 ? `${value}` : 'null'
    case 'boolean': return value ? 'true' : 'false'
    case 'bigint': $throwTypeError('Do not know how to serialize a BigInt')
    case 'object': return value === null ? 'null' : compositeText(state, key, value)
  }
}

function compositeText(state, key, value) {
  const stack = state.stack
  for (let i = 0; i < stack.length; i++) if (stack[i] === value) throwCircular(state, i, key)
  stack[stack.length] = value
  state.path[stack.length - 1] = key
  const outer = state.indent
  state.indent = outer + state.gap
  const text = $isArray(value) ? arrayText(state, value, outer) : objectText(state, value, outer)
  state.indent = outer
  stack.length--
  return text
}

function arrayText(state, list, outer) {
  const length = $toLength(list.length)
  if (length === 0) return '[]'
  const separator = state.gap === '' ? ',' : `,\n${state.indent}`
  let text = ''
  for (let i = 0; i < length; i++) {
    const item = textOf(state, list, `${i}`, list[i])
    text += i === 0 ? item ?? 'null' : separator + (item ?? 'null')
  }
  return state.gap === '' ? `[${text}]` : `[\n${state.indent}${text}\n${outer}]`
}

function objectText(state, object, outer) {
  const keys = state.keys ?? $Object.keys(object), colon = state.gap === '' ? ':' : ': '
  const separator = state.gap === '' ? ',' : `,\n${state.indent}`
  let text = ''
  for (let i = 0; i < keys.length; i++) {
    const item = textOf(state, object, keys[i], object[keys[i]])
    if (item === undefined) continue
    if (text !== '') text += separator
    text += $jsonQuote(keys[i]) + colon + item
  }
  if (text === '') return '{}'
  return state.gap === '' ? `{${text}}` : `{\n${state.indent}${text}\n${outer}}`
}

function throwCircular(state, start, key) {
  const stack = state.stack, last = stack.length - 1
  let text = `Converting circular structure to JSON\n    --> starting at object with constructor '${$constructorName(stack[start])}'`
  const shown = last - start <= 2
  for (let i = start + 1; i <= last; i++) {
    if (!shown && i > start + 1 && i < last) {
      if (i === start + 2) text += '\n    |     ...'
      continue
    }
    text += `\n    |     ${place(stack[i - 1], state.path[i])} -> object with constructor '${$constructorName(stack[i])}'`
  }
  $throwTypeError(`${text}\n    --- ${place(stack[last], key)} closes the circle`)
}

function place(holder, key) {
  return $isArray(holder) ? `index ${key}` : `property '${key}'`
}
