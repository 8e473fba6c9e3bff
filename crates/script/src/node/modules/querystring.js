'use strict'
// The module `querystring` (Node: lib/querystring.js).

const { encodeURIComponent: encode, decodeURIComponent: decode } = $globalThis

// Of a surrogate pair that is none, only its end is missing.
function escape(value) {
  const text = typeof value === 'object' || typeof value === 'function' ? $String(value) : `${value}`
  try {
    return encode(text)
  } catch {
    return [...text.matchAll(/[\ud800-\udfff][^]?|[^\ud800-\udfff]+/g)].map(([part]) => encoded(part)).join('')
  }
}

function encoded(part) {
  const first = part.charCodeAt(0)
  if (first < 0xd800 || first > 0xdfff) return encode(part)
  if (part.length < 2) throw $Object.assign(new $URIError('URI malformed'), { code: 'ERR_INVALID_URI' })
  const code = 0x10000 + ((first & 0x3ff) << 10 | part.charCodeAt(1) & 0x3ff)
  return encode($String.fromCodePoint(code))
}

function unescape(text) {
  try {
    return decode(text)
  } catch {
    return text.replace(/%([0-9a-f]{2})/gi, (all, hex) => $String.fromCharCode($Number.parseInt(hex, 16)))
  }
}

const isPrimitive = (value) => typeof value === 'string' || typeof value === 'bigint' || typeof value === 'boolean' || $Number.isFinite(value)
const textOf = (value) => (isPrimitive(value) ? `${value}` : '')

function stringify(object, separator = '&', equals = '=', options) {
  if (!$isObject(object)) return ''
  const quote = options?.encodeURIComponent ?? escape
  return $Object.keys(object).flatMap((key) => {
    const value = object[key], name = quote(key) + equals
    return $Array.isArray(value) ? value.map((item) => name + quote(textOf(item))) : [name + quote(textOf(value))]
  }).join(separator)
}

function parse(text, separator = '&', equals = '=', options) {
  const result = $Object.create(null)
  if (typeof text !== 'string' || text === '') return result
  const unquote = options?.decodeURIComponent ?? unescape, most = typeof options?.maxKeys === 'number' ? options.maxKeys : 1000
  const fields = text.split(separator || '&').filter((field) => field !== '')
  for (const field of most > 0 ? fields.slice(0, most) : fields) {
    const at = field.indexOf(equals || '=')
    const [name, value] = at < 0 ? [field, ''] : [$slice(field, 0, at), $slice(field, at + (equals || '=').length)]
    const key = unquote(name.replaceAll('+', ' ')), item = unquote(value.replaceAll('+', ' '))
    if (!(key in result)) result[key] = item
    else if ($Array.isArray(result[key])) result[key].push(item)
    else result[key] = [result[key], item]
  }
  return result
}

module.exports = { stringify, parse, encode: stringify, decode: parse, escape, unescape }
