'use strict'
// RegExp.prototype (ECMA-262 22.2.6), on top of the match itself. More intrinsics:
//   $regexpMatch(expression, text, from)  the array of exec, or null
//   $checkRegExp(value, name)   TypeError unless it is a regular expression
//   $quickExec, $quickTest, $quickMatch, $quickReplace, $quickSplit  the whole method at once; undefined where scripts may have
//                               a say in it

function exec(expression, text) {
  const method = expression.exec
  if (method !== builtInExec && $isCallable(method)) {
    const result = $call(method, expression, text)
    if (result !== null && !$isObject(result)) $throwTypeError('object null is not a function')
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

$install($RegExp.prototype, {
  exec(string) {
    const quick = $quickExec(this, string)
    if (quick !== undefined) return quick
    $checkRegExp(this, 'exec')
    const text = `${string}`, moves = this.global || this.sticky
    const from = moves ? $toLength(this.lastIndex) : 0
    const result = from > text.length ? null : $regexpMatch(this, text, from)
    if (moves) this.lastIndex = result === null ? 0 : result.index + result[0].length
    return result
  },

  test(string) {
    const quick = $quickTest(this, string, builtInExec)
    if (quick !== undefined) return quick
    return exec(this, `${string}`) !== null
  },

  toString() {
    return `/${this.source}/${this.flags}`
  },

  [$Symbol.match](string) {
    const quick = $quickMatch(this, string, builtInExec)
    if (quick !== undefined) return quick
    const text = `${string}`, flags = `${this.flags}`
    if ($indexOf(flags, 'g', 0) < 0) return exec(this, text)
    const unicode = $indexOf(flags, 'u', 0) >= 0, matches = []
    this.lastIndex = 0
    for (let result = exec(this, text); result !== null; result = exec(this, text)) {
      const match = `${result[0]}`
      matches[matches.length] = match
      if (match === '') this.lastIndex = advance(text, $toLength(this.lastIndex), unicode)
    }
    return matches.length === 0 ? null : matches
  },

  *[$Symbol.matchAll](string) {
    const text = `${string}`, flags = `${this.flags}`
    const expression = new $RegExp(this, flags), unicode = $indexOf(flags, 'u', 0) >= 0
    expression.lastIndex = $toLength(this.lastIndex)
    for (let result = exec(expression, text); result !== null; result = exec(expression, text)) {
      yield result
      if ($indexOf(flags, 'g', 0) < 0) return
      if (`${result[0]}` === '') expression.lastIndex = advance(text, $toLength(expression.lastIndex), unicode)
    }
  },

  [$Symbol.search](string) {
    const before = this.lastIndex
    this.lastIndex = 0
    const result = exec(this, `${string}`)
    this.lastIndex = before
    return result === null ? -1 : result.index
  },

  [$Symbol.replace](string, replacement) {
    const quick = $quickReplace(this, string, replacement, builtInExec)
    if (quick !== undefined) return quick
    const text = `${string}`, flags = `${this.flags}`
    const global = $indexOf(flags, 'g', 0) >= 0, unicode = $indexOf(flags, 'u', 0) >= 0
    const callable = $isCallable(replacement)
    if (!callable) replacement = `${replacement}`
    if (global) this.lastIndex = 0
    let replaced = '', end = 0
    for (let result = exec(this, text); result !== null; result = exec(this, text)) {
      const match = `${result[0]}`, at = result.index
      const instead = callable ? callReplacement(replacement, result, text) : expand(replacement, result, text)
      replaced += $slice(text, end, at) + instead
      end = at + match.length
      if (!global) break
      if (match === '') this.lastIndex = advance(text, $toLength(this.lastIndex), unicode)
    }
    return end === 0 && replaced === '' ? text : replaced + $slice(text, end)
  },

  [$Symbol.split](string, limit) {
    const text = `${string}`, most = limit === undefined ? 4294967295 : limit >>> 0, parts = []
    if (most === 0) return parts
    const quick = $quickSplit(this, text, most, builtInExec)
    if (quick !== undefined) return quick
    const flags = `${this.flags}`, unicode = $indexOf(flags, 'u', 0) >= 0
    const splitter = new $RegExp(this, $indexOf(flags, 'y', 0) < 0 ? flags + 'y' : flags)
    if (text === '') return exec(splitter, text) === null ? [text] : parts
    let start = 0, at = 0
    while (at < text.length) {
      splitter.lastIndex = at
      const result = exec(splitter, text), end = result === null ? start : $toLength(splitter.lastIndex)
      if (end === start) {
        at = advance(text, at, unicode)
        continue
      }
      parts[parts.length] = $slice(text, start, at)
      if (parts.length === most) return parts
      start = end
      for (let i = 1; i < result.length; i++) {
        parts[parts.length] = result[i]
        if (parts.length === most) return parts
      }
      at = start
    }
    parts[parts.length] = $slice(text, start)
    return parts
  },
})

const builtInExec = $RegExp.prototype.exec

function callReplacement(replacement, result, text) {
  const args = []
  for (let i = 0; i < result.length; i++) args[i] = result[i]
  args[args.length] = result.index
  args[args.length] = text
  if (result.groups !== undefined) args[args.length] = result.groups
  return `${$callList(replacement, undefined, args)}`
}

// GetSubstitution (ECMA-262 22.1.3.19.1).
function expand(template, result, text) {
  let at = $indexOf(template, '$', 0)
  if (at < 0) return template
  let expanded = '', done = 0
  for (; at >= 0 && at + 1 < template.length; at = $indexOf(template, '$', done > at ? done : at + 1)) {
    const group = groupAt(template, at, result)
    if (group === undefined) continue
    expanded += $slice(template, done, at) + groupText(group, result, text)
    done = at + group.length
  }
  return expanded + $slice(template, done)
}

// The reference that begins at a dollar sign, or undefined.
function groupAt(template, at, result) {
  const letter = template[at + 1]
  if (letter === '$' || letter === '&' || letter === '`' || letter === '\'') return $slice(template, at, at + 2)
  if (letter === '<') {
    const close = $indexOf(template, '>', at)
    return result.groups === undefined || close < 0 ? undefined : $slice(template, at, close + 1)
  }
  for (let length = 3; length > 1; length--) {
    const digits = $slice(template, at + 1, at + length), number = +digits
    if (digits.length === length - 1 && number >= 1 && number < result.length && isDigits(digits)) {
      return $slice(template, at, at + length)
    }
  }
}

function isDigits(text) {
  for (let i = 0; i < text.length; i++) if (text[i] < '0' || text[i] > '9') return false
  return text.length > 0
}

function groupText(group, result, text) {
  const letter = group[1]
  if (letter === '$') return '$'
  if (letter === '&') return `${result[0]}`
  if (letter === '`') return $slice(text, 0, result.index)
  if (letter === '\'') return $slice(text, result.index + `${result[0]}`.length)
  const value = letter === '<' ? result.groups[$slice(group, 2, group.length - 1)] : result[+$slice(group, 1)]
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
