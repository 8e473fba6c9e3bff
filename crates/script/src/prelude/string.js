'use strict'
// The methods of String.prototype that call back or hand over to a regular expression. More intrinsics:
//   $thisString(value, name)    ToString(value); a TypeError "<name> called on null or undefined"
//   $indexOf(text, pattern, from)  -1 when it is not there
//   $expandReplacement(template, text, matched, at)  $$, $&, $` and $' replaced
//   $replaceFirst(text, search, template)  the text with the first place of another replaced
//   $replaceEach(text, search, text)       the same with each place

$install($String.prototype, {
  replace(pattern, replacement) {
    if (this === undefined || this === null) $throwTypeError('String.prototype.replace called on null or undefined')
    if ($isObject(pattern)) {
      const method = pattern[Symbol.replace]
      if (method !== undefined && method !== null) return $call(method, pattern, this, replacement)
    }
    const text = `${this}`, search = `${pattern}`
    if (!$isCallable(replacement)) return $replaceFirst(text, search, `${replacement}`)
    const at = $indexOf(text, search, 0)
    if (at < 0) return text
    return $slice(text, 0, at) + substitute(text, search, at, replacement) + $slice(text, at + search.length)
  },

  replaceAll(pattern, replacement) {
    if (this === undefined || this === null) $throwTypeError('String.prototype.replaceAll called on null or undefined')
    if ($isObject(pattern)) {
      if ($isRegExp(pattern) && $indexOf(`${pattern.flags}`, 'g', 0) < 0) {
        $throwTypeError('String.prototype.replaceAll called with a non-global RegExp argument')
      }
      const method = pattern[Symbol.replace]
      if (method !== undefined && method !== null) return $call(method, pattern, this, replacement)
    }
    const text = `${this}`, search = `${pattern}`
    if (!$isCallable(replacement)) {
      replacement = `${replacement}`
      if ($indexOf(replacement, '$', 0) < 0) return $replaceEach(text, search, replacement)
    }
    const step = search.length > 0 ? search.length : 1
    let result = '', end = 0
    for (let at = $indexOf(text, search, 0); at >= 0; at = at + step > text.length ? -1 : $indexOf(text, search, at + step)) {
      result += $slice(text, end, at) + substitute(text, search, at, replacement)
      end = at + search.length
    }
    return result + $slice(text, end)
  },

  split(separator, limit) {
    if (this === undefined || this === null) $throwTypeError('String.prototype.split called on null or undefined')
    if ($isObject(separator)) {
      const method = separator[Symbol.split]
      if (method !== undefined && method !== null) return $call(method, separator, this, limit)
    }
    const text = `${this}`, most = limit === undefined ? 4294967295 : limit >>> 0
    return $split(text, separator === undefined ? undefined : `${separator}`, most)
  },
})

// Texts in HTML's tags (ECMA-262 B.2.2).
function tagged(text, name, tag, attribute, value) {
  if (text === undefined || text === null) $throwTypeError(`String.prototype.${name} called on null or undefined`)
  const quoted = attribute === undefined ? '' : ` ${attribute}="${`${value}`.replaceAll('"', '&quot;')}"`
  return `<${tag}${quoted}>${text}</${tag}>`
}

for (const [name, tag] of [
  ['big', 'big'], ['blink', 'blink'], ['bold', 'b'], ['fixed', 'tt'], ['italics', 'i'], ['small', 'small'],
  ['strike', 'strike'], ['sub', 'sub'], ['sup', 'sup'],
]) {
  $install($String.prototype, { [name]() { return tagged(this, name, tag) } })
}
for (const [name, tag, attribute] of [
  ['anchor', 'a', 'name'], ['fontcolor', 'font', 'color'], ['fontsize', 'font', 'size'], ['link', 'a', 'href'],
]) {
  $install($String.prototype, { [name](value) { return tagged(this, name, tag, attribute, value) } })
}

function substitute(text, search, at, replacement) {
  if (typeof replacement === 'string') return $expandReplacement(replacement, text, search, at)
  return `${$call(replacement, undefined, search, at, text)}`
}

$install($String, {
  raw(strings) {
    const raw = $thisObject(strings, 'String.raw').raw, length = $toLength(raw.length)
    let text = ''
    for (let i = 0; i < length; i++) {
      text += `${raw[i]}`
      if (i + 1 < length && i + 1 < arguments.length) text += `${arguments[i + 1]}`
    }
    return text
  },
})
