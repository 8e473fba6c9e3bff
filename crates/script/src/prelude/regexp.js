'use strict'
// RegExp.prototype (ECMA-262 22.2.6), on top of the match itself. More intrinsics:
//   $regexpMatch(expression, text, from)  the array of exec, or null
//   $checkRegExp(value, name)   TypeError unless it is a regular expression
//   $regexpFlags(expression)    the flags it was made with
//   $quickExec, $quickTest, $quickSearch, $quickMatch, $quickReplace, $quickSplit
//                               the whole method at once; undefined where scripts may have a say in it
//   $quickCalls(expression, text, f, exec)  what a replacement function is called with for each match: three values, where it
//                               begins and ends, and the match, or a list of arguments; undefined likewise
//   $joinReplaced(calls, text)  the text with the strings that have come to the third places

function exec(expression, text) {
  const method = expression.exec
  if (method !== builtInExec && $isCallable(method)) {
    const result = $call(method, expression, text)
    if (result !== null && !$isObject(result)) $throwTypeError(`${$describe(result)} is not an object or null`)
    return result
  }
  return $call(builtInExec, expression, text)
}

// The position after an empty match: past a whole surrogate pair in Unicode mode.
function advance(text, index, unicode) {
  if (!unicode || index + 1 >= text.length) return index + 1
  const first = text.charCodeAt(index), second = text.charCodeAt(index + 1)
  return first >= 0xd800 && first < 0xdc00 && second >= 0xdc00 && second < 0xe000 ? index + 2 : index + 1
}

function receiver(expression, name) {
  if ($isObject(expression)) return expression
  $throwTypeError(`Method RegExp.prototype.${name} called on incompatible receiver ${$describe(expression)}`)
}

function has(flags, letter) {
  return $indexOf(flags, letter, 0) >= 0
}

function readsCodePoints(flags) {
  return has(flags, 'u') || has(flags, 'v')
}

// SpeciesConstructor.
function constructorOf(expression) {
  const constructor = expression.constructor
  if (constructor === undefined) return $RegExp
  if (!$isObject(constructor)) $throwTypeError('The .constructor property is not an object')
  const species = constructor[$Symbol.species]
  if (species === undefined || species === null) return $RegExp
  if (!$isConstructor(species)) $throwTypeError('object.constructor[Symbol.species] is not a constructor')
  return species
}

// After an empty match: on to the next place, so that a global search ends.
function stepOver(expression, text, unicode) {
  expression.lastIndex = advance(text, $toLength(expression.lastIndex), unicode)
}

$install($RegExp.prototype, {
  exec(string) {
    const quick = $quickExec(this, string)
    if (quick !== undefined) return quick
    $checkRegExp(this, 'exec')
    const text = `${string}`, flags = $regexpFlags(this), moves = has(flags, 'g') || has(flags, 'y')
    const lastIndex = $toLength(this.lastIndex), from = moves ? lastIndex : 0
    const result = from > text.length ? null : $regexpMatch(this, text, from)
    if (moves) this.lastIndex = result === null ? 0 : result.index + result[0].length
    return result
  },

  test(string) {
    const quick = $quickTest(this, string, builtInExec)
    if (quick !== undefined) return quick
    receiver(this, 'test')
    return exec(this, `${string}`) !== null
  },

  toString() {
    receiver(this, 'toString')
    return `/${this.source}/${this.flags}`
  },

  [$Symbol.match](string) {
    const quick = $quickMatch(this, string, builtInExec)
    if (quick !== undefined) return quick
    receiver(this, '@@match')
    const text = `${string}`, flags = `${this.flags}`
    if (!has(flags, 'g')) return exec(this, text)
    const unicode = readsCodePoints(flags), matches = []
    this.lastIndex = 0
    for (let result = exec(this, text); result !== null; result = exec(this, text)) {
      const match = `${result[0]}`
      matches[matches.length] = match
      if (match === '') stepOver(this, text, unicode)
    }
    return matches.length === 0 ? null : matches
  },

  [$Symbol.matchAll](string) {
    receiver(this, '@@matchAll')
    const text = `${string}`, constructor = constructorOf(this), flags = `${this.flags}`
    const expression = new constructor(this, flags)
    expression.lastIndex = $toLength(this.lastIndex)
    return new RegExpStringIterator(expression, text, has(flags, 'g'), readsCodePoints(flags))
  },

  [$Symbol.search](string) {
    const quick = $quickSearch(this, string, builtInExec)
    if (quick !== undefined) return quick
    receiver(this, '@@search')
    const text = `${string}`, before = this.lastIndex
    if (!$Object.is(before, 0)) this.lastIndex = 0
    const result = exec(this, text), after = this.lastIndex
    if (!$Object.is(after, before)) this.lastIndex = before
    return result === null ? -1 : result.index
  },

  [$Symbol.replace](string, replacement) {
    const quick = $quickReplace(this, string, replacement, builtInExec)
    if (quick !== undefined) return quick
    receiver(this, '@@replace')
    const text = `${string}`, callable = $isCallable(replacement)
    const calls = callable ? $quickCalls(this, text, replacement, builtInExec) : undefined
    if (calls !== undefined) return replaceByCalls(calls, text, replacement)
    if (!callable) replacement = `${replacement}`
    const results = resultsIn(this, text)
    let replaced = '', end = 0
    for (let i = 0; i < results.length; i++) {
      const found = partsOf(results[i], text), at = found.index
      const instead = callable ? callReplacement(replacement, found, text) : expand(replacement, found, text)
      if (at < end) continue
      replaced += $slice(text, end, at) + instead
      end = at + found.parts[0].length
    }
    return end >= text.length ? replaced : replaced + $slice(text, end)
  },

  [$Symbol.split](string, limit) {
    if (limit === undefined || typeof limit === 'number') {
      const quick = $quickSplit(this, string, limit === undefined ? 4294967295 : limit >>> 0, builtInExec)
      if (quick !== undefined) return quick
    }
    receiver(this, '@@split')
    const text = `${string}`, constructor = constructorOf(this), flags = `${this.flags}`
    const unicode = readsCodePoints(flags), splitter = new constructor(this, has(flags, 'y') ? flags : flags + 'y')
    const most = limit === undefined ? 4294967295 : limit >>> 0, parts = []
    if (most === 0) return parts
    if (text === '') return exec(splitter, text) === null ? [text] : parts
    let start = 0, at = 0
    while (at < text.length) {
      splitter.lastIndex = at
      const result = exec(splitter, text), reached = result === null ? start : $toLength(splitter.lastIndex)
      const end = reached < text.length ? reached : text.length
      if (end === start) {
        at = advance(text, at, unicode)
        continue
      }
      parts[parts.length] = $slice(text, start, at)
      if (parts.length === most) return parts
      start = end
      const count = $toLength(result.length)
      for (let i = 1; i < count; i++) {
        parts[parts.length] = result[i]
        if (parts.length === most) return parts
      }
      at = start
    }
    parts[parts.length] = $slice(text, start)
    return parts
  },
})

$Object.defineProperty($RegExp.prototype, 'flags', {
  configurable: true,
  enumerable: false,
  get: $Object.getOwnPropertyDescriptor({
    get flags() {
      receiver(this, 'flags getter')
      let flags = ''
      if (this.hasIndices) flags += 'd'
      if (this.global) flags += 'g'
      if (this.ignoreCase) flags += 'i'
      if (this.multiline) flags += 'm'
      if (this.dotAll) flags += 's'
      if (this.unicode) flags += 'u'
      if (this.unicodeSets) flags += 'v'
      if (this.sticky) flags += 'y'
      return flags
    },
  }, 'flags').get,
})

// What matchAll gives (ECMA-262 22.2.9).
class RegExpStringIterator {
  #expression
  #text
  #global
  #unicode
  #done = false
  constructor(expression, text, global, unicode) {
    this.#expression = expression
    this.#text = text
    this.#global = global
    this.#unicode = unicode
  }
  next() {
    if (this.#done) return { value: undefined, done: true }
    const expression = this.#expression, text = this.#text, result = exec(expression, text)
    this.#done = result === null || !this.#global
    if (result === null) return { value: undefined, done: true }
    if (this.#global && `${result[0]}` === '') stepOver(expression, text, this.#unicode)
    return { value: result, done: false }
  }
}
const iteratorPrototype = RegExpStringIterator.prototype
$Object.setPrototypeOf(iteratorPrototype, $Object.getPrototypeOf($ArrayIteratorPrototype))
delete iteratorPrototype.constructor
$Object.defineProperty(iteratorPrototype, $Symbol.toStringTag, { value: 'RegExp String Iterator', configurable: true })

function replaceByCalls(calls, text, replacement) {
  for (let i = 2; i < calls.length; i += 3) {
    const found = calls[i]
    calls[i] = typeof found === 'string'
      ? `${$call(replacement, undefined, found, calls[i - 2], text)}`
      : `${$callList(replacement, undefined, found)}`
  }
  return $joinReplaced(calls, text)
}

// All results of an expression in a text, before the first replacement is asked for.
function resultsIn(expression, text) {
  const flags = `${expression.flags}`, global = has(flags, 'g'), results = []
  if (global) expression.lastIndex = 0
  for (let result = exec(expression, text); result !== null; result = exec(expression, text)) {
    results[results.length] = result
    if (!global) break
    if (`${result[0]}` === '') stepOver(expression, text, readsCodePoints(flags))
  }
  return results
}

// The match and the groups of a result as strings, and where it is: a result may come from an `exec` of the script's own.
function partsOf(result, text) {
  const length = $toLength(result.length), parts = [`${result[0]}`], index = $toInteger(result.index)
  for (let i = 1; i < length; i++) parts[i] = result[i] === undefined ? undefined : `${result[i]}`
  return { parts, groups: result.groups, index: index < 0 ? 0 : index < text.length ? index : text.length }
}

const builtInExec = $RegExp.prototype.exec

function callReplacement(replacement, found, text) {
  const args = found.parts
  args[args.length] = found.index
  args[args.length] = text
  if (found.groups !== undefined) args[args.length] = found.groups
  return `${$callList(replacement, undefined, args)}`
}

// GetSubstitution (ECMA-262 22.1.3.19.1).
function expand(template, found, text) {
  if (found.groups !== undefined) found.groups = $toObject(found.groups)
  let at = $indexOf(template, '$', 0)
  if (at < 0) return template
  let expanded = '', done = 0
  for (; at >= 0 && at + 1 < template.length; at = $indexOf(template, '$', done > at ? done : at + 1)) {
    const group = groupAt(template, at, found)
    if (group === undefined) continue
    expanded += $slice(template, done, at) + groupText(group, found, text)
    done = at + group.length
  }
  return expanded + $slice(template, done)
}

// The reference that begins at a dollar sign, or undefined.
function groupAt(template, at, found) {
  const letter = template[at + 1]
  if (letter === '$' || letter === '&' || letter === '`' || letter === '\'') return $slice(template, at, at + 2)
  if (letter === '<') {
    const close = $indexOf(template, '>', at)
    return found.groups === undefined || close < 0 ? undefined : $slice(template, at, close + 1)
  }
  for (let length = 3; length > 1; length--) {
    const digits = $slice(template, at + 1, at + length), number = +digits
    if (digits.length === length - 1 && number >= 1 && number < found.parts.length && isDigits(digits)) {
      return $slice(template, at, at + length)
    }
  }
}

function isDigits(text) {
  for (let i = 0; i < text.length; i++) if (text[i] < '0' || text[i] > '9') return false
  return text.length > 0
}

function groupText(group, { parts, groups, index }, text) {
  const letter = group[1]
  if (letter === '$') return '$'
  if (letter === '&') return parts[0]
  if (letter === '`') return $slice(text, 0, index)
  if (letter === '\'') return $slice(text, index + parts[0].length)
  const value = letter === '<' ? groups[$slice(group, 2, group.length - 1)] : parts[+$slice(group, 1)]
  return value === undefined ? '' : `${value}`
}

function patternMethod(text, pattern, symbol, name) {
  if (text === undefined || text === null) $throwTypeError(`String.prototype.${name} called on null or undefined`)
  if ($isObject(pattern)) {
    const method = pattern[symbol]
    if (method !== undefined && method !== null) return $call(method, pattern, text)
  }
  const expression = new $RegExp(pattern, name === 'matchAll' ? 'g' : '')
  return $call(expression[symbol], expression, `${text}`)
}

$install($String.prototype, {
  match(pattern) {
    return patternMethod(this, pattern, $Symbol.match, 'match')
  },
  matchAll(pattern) {
    if ($isRegExp(pattern) && $indexOf(`${pattern.flags}`, 'g', 0) < 0) {
      $throwTypeError('String.prototype.matchAll called with a non-global RegExp argument')
    }
    return patternMethod(this, pattern, $Symbol.matchAll, 'matchAll')
  },
  search(pattern) {
    return patternMethod(this, pattern, $Symbol.search, 'search')
  },
})
