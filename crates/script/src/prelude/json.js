'use strict'
// JSON with a reviver, a replacer, toJSON or getters. More intrinsics:
//   $jsonParse(text)            the value; SyntaxErrors as V8 words them
//   $jsonOpen(), $jsonClose()   begins a text outside of the heap, and makes it a string
//   $jsonPut(value)             appends a string as it is, a number, boolean or null as JSON has it
//   $jsonQuote(text)            appends a JSON string
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
    const state = { replacer: undefined, keys: undefined, gap, indent: '', level: undefined }
    if ($isCallable(replacer)) state.replacer = replacer
    else if ($isArray(replacer)) state.keys = listedKeys(replacer)
    value = settled(state, state.replacer && { '': value }, '', value)
    if (!hasText(value)) return undefined
    let text
    $jsonOpen()
    try {
      put(state, '', value)
    } finally {
      text = $jsonClose()
    }
    return text
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

// What is written for holder[key], whose value was read already.
function settled(state, holder, key, value) {
  if ($isObject(value) || typeof value === 'bigint') {
    const toJSON = value.toJSON
    if ($isCallable(toJSON)) value = $call(toJSON, value, `${key}`)
  }
  if (state.replacer !== undefined) value = $call(state.replacer, holder, `${key}`, value)
  return $isObject(value) ? $unbox(value) : value
}

function hasText(value) {
  return value !== undefined && typeof value !== 'function' && typeof value !== 'symbol'
}

function put(state, key, value) {
  switch (typeof value) {
    case 'string': return $jsonQuote(value)
    case 'bigint': $throwTypeError('Do not know how to serialize a BigInt')
    case 'object': if (value !== null) return putComposite(state, key, value)
  }
  $jsonPut(value)
}

function putComposite(state, key, value) {
  for (let at = state.level; at !== undefined; at = at.outer) if (at.value === value) throwCircular(state.level, value, key)
  const outer = state.indent
  state.level = { outer: state.level, value, key }
  state.indent = outer + state.gap
  if ($isArray(value)) putArray(state, value, outer)
  else putObject(state, value, outer)
  state.indent = outer
  state.level = state.level.outer
}

function putLine(state, indent) {
  if (state.gap === '') return
  $jsonPut('\n')
  $jsonPut(indent)
}

function putArray(state, list, outer) {
  const length = $toLength(list.length)
  $jsonPut('[')
  for (let i = 0; i < length; i++) {
    const item = settled(state, list, i, list[i])
    if (i > 0) $jsonPut(',')
    putLine(state, state.indent)
    put(state, i, hasText(item) ? item : null)
  }
  if (length > 0) putLine(state, outer)
  $jsonPut(']')
}

function putObject(state, object, outer) {
  const keys = state.keys ?? $Object.keys(object)
  let any = false
  $jsonPut('{')
  for (let i = 0; i < keys.length; i++) {
    const item = settled(state, object, keys[i], object[keys[i]])
    if (!hasText(item)) continue
    if (any) $jsonPut(',')
    any = true
    putLine(state, state.indent)
    $jsonQuote(keys[i])
    $jsonPut(state.gap === '' ? ':' : ': ')
    put(state, keys[i], item)
  }
  if (any) putLine(state, outer)
  $jsonPut('}')
}

function throwCircular(level, value, key) {
  const stack = [], path = []
  for (let at = level; at !== undefined; at = at.outer) {
    stack.unshift(at.value)
    path.unshift(at.key)
  }
  const start = stack.indexOf(value), last = stack.length - 1
  let text = `Converting circular structure to JSON\n    --> starting at object with constructor '${$constructorName(stack[start])}'`
  const shown = last - start <= 3
  for (let i = start + 1; i <= last; i++) {
    if (!shown && i > start + 2 && i < last) {
      if (i === start + 3) text += '\n    |     ...'
      continue
    }
    text += `\n    |     ${place(stack[i - 1], path[i])} -> object with constructor '${$constructorName(stack[i])}'`
  }
  $throwTypeError(`${text}\n    --- ${place(stack[last], key)} closes the circle`)
}

function place(holder, key) {
  return $isArray(holder) ? `index ${key}` : `property '${key}'`
}
