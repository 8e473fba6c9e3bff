'use strict'
// The URL Standard's parser: text becomes a record, which is written out again. A record has `scheme`, `username`, `password`,
// `host` (null: none), `port` (null: the scheme's own), `path` (a list of segments, or a text where the path is opaque),
// `query` and `fragment` (null: none). What cannot be parsed throws `Invalid`.

const { encodeURIComponent, unescape } = $globalThis

const PORTS = { __proto__: null, http: 80, https: 443, ws: 80, wss: 443, ftp: 21, file: null }
const isSpecial = (scheme) => PORTS[scheme] !== undefined

class Invalid extends $Error {}
function fail() {
  throw new Invalid('Invalid URL')
}

// Percent-encoding: what each part of a URL does not leave as it is.
const CONTROL = /[^\x20-\x7e]/gu, FRAGMENT = /[^\x21\x23-\x3b\x3d\x3f-\x5f\x61-\x7e]/gu, QUERY = /[^\x21\x24-\x3b\x3d\x3f-\x7e]/gu
const SPECIAL_QUERY = /[^\x21\x24-\x26\x28-\x3b\x3d\x3f-\x7e]/gu, PATH = /[^\x21\x24-\x3b\x3d\x40-\x5f\x61-\x7a\x7c\x7e]/gu
const USERINFO = /[^\x21\x24-\x2e\x30-\x39\x41-\x5a\x5f\x61-\x7a\x7e]/gu

const hex = (byte) => `%${byte < 16 ? '0' : ''}${byte.toString(16).toUpperCase()}`
const encodeCharacter = (character) => (character < '\x80' ? hex(character.charCodeAt(0)) : encodeURIComponent(character))
const encode = (text, set) => text.replace(set, encodeCharacter)

// The bytes of %XX as UTF-8. `unescape` knows %uXXXX too, which URLs do not.
function decode(text) {
  if (!text.includes('%')) return text
  const bytes = unescape(text.replaceAll('%u', '%25u').replace(/[^\x00-\x7f]+/g, encodeURIComponent))
  return $globalThis.Buffer.from(bytes, 'latin1').toString()
}

// Punycode of a label (RFC 3492).
function punycode(label) {
  const points = $Array.from(label, (character) => character.codePointAt(0))
  let output = points.filter((point) => point < 128).map((point) => $String.fromCharCode(point)).join('')
  const basic = output.length
  let done = basic, next = 128, delta = 0, bias = 72
  if (basic > 0) output += '-'
  while (done < points.length) {
    const least = $Math.min(...points.filter((point) => point >= next))
    delta += (least - next) * (done + 1)
    next = least
    for (const point of points) {
      if (point < next) delta++
      if (point !== next) continue
      let rest = delta
      for (let k = 36; ; k += 36) {
        const least = $Math.min($Math.max(k - bias, 1), 26)
        if (rest < least) break
        output += digit(least + (rest - least) % (36 - least))
        rest = $Math.floor((rest - least) / (36 - least))
      }
      output += digit(rest)
      bias = adapted(delta, done + 1, done === basic)
      delta = 0
      done++
    }
    delta++
    next++
  }
  return output
}

const digit = (value) => $String.fromCharCode(value + (value < 26 ? 97 : 22))

function adapted(delta, count, isFirst) {
  delta = $Math.floor(delta / (isFirst ? 700 : 2))
  delta += $Math.floor(delta / count)
  let k = 0
  for (; delta > 455; k += 36) delta = $Math.floor(delta / 35)
  return k + $Math.floor(36 * delta / (delta + 38))
}

// Unicode's mapping of names for look-up, by what the engine has: compatibility forms and small letters.
function domainToASCII(domain) {
  const lower = (text) => $Array.from(text, (character) => character.toLowerCase()).join('')
  if (!/[^\x00-\x7f]/.test(domain)) return domain.toLowerCase()
  const mapped = lower(lower(domain.replace(/[\xad\u200b-\u200d\u2060\ufeff]/g, '')).normalize('NFKC')).normalize('NFC')
  return mapped.split(/[.\u3002]/).map((label) => (/[^\x00-\x7f]/.test(label) ? `xn--${punycode(label)}` : label)).join('.')
}

const FORBIDDEN_HOST = /[\x00\t\n\r #/:<>?@[\\\]^|]/, FORBIDDEN_DOMAIN = /[\x00-\x20"#%/:<>?@[\\\]^\x60{|}\x7f]/

function parseHost(text, special) {
  if (text[0] === '[') return text.endsWith(']') ? `[${ipv6Text(ipv6(text.slice(1, -1)))}]` : fail()
  if (!special) return FORBIDDEN_HOST.test(text) ? fail() : encode(text, CONTROL)
  const domain = domainToASCII(decode(text))
  if (domain === '' || FORBIDDEN_DOMAIN.test(domain)) fail()
  const parts = domain.split('.')
  if (parts.length > 1 && parts.at(-1) === '') parts.pop()
  return /^([0-9]+|0x[0-9a-f]*)$/.test(parts.at(-1)) ? ipv4(parts) : domain
}

function ipv4(parts) {
  if (parts.length > 4) fail()
  const numbers = parts.map((part) => {
    if (/^0x[0-9a-f]*$/.test(part)) return part === '0x' ? 0 : $Number(part)
    if (!/^[0-9]+$/.test(part)) fail()
    return part.length > 1 && part[0] === '0' ? (/^[0-7]+$/.test(part) ? $Number.parseInt(part, 8) : fail()) : $Number(part)
  })
  const last = numbers.pop()
  if (numbers.some((number) => number > 255) || last >= 256 ** (4 - numbers.length)) fail()
  const address = numbers.reduce((sum, number, at) => sum + number * 256 ** (3 - at), last)
  return [24, 16, 8, 0].map((bits) => $Math.floor(address / 2 ** bits) % 256).join('.')
}

// The eight pieces of an address.
function ipv6(text) {
  const halves = text.split('::')
  if (halves.length > 2) fail()
  const [head, tail] = halves.map((half, at) => ipv6Pieces(half, at === halves.length - 1))
  if (tail === undefined) return head.length === 8 ? head : fail()
  if (head.length + tail.length > 7) fail()
  return [...head, ...new $Array(8 - head.length - tail.length).fill(0), ...tail]
}

function ipv6Pieces(text, mayEndInIpv4) {
  if (text === '') return []
  const parts = text.split(':')
  return parts.flatMap((part, at) => {
    if (/^[0-9a-f]{1,4}$/i.test(part)) return [$Number.parseInt(part, 16)]
    const bytes = mayEndInIpv4 && at === parts.length - 1 ? part.split('.') : []
    if (bytes.length !== 4 || !bytes.every((byte) => /^(0|[1-9][0-9]{0,2})$/.test(byte) && byte < 256)) fail()
    return [bytes[0] * 256 + +bytes[1], bytes[2] * 256 + +bytes[3]]
  })
}

// The longest run of zeros, if it has more than one, becomes `::`.
function ipv6Text(pieces) {
  let start = 0, length = 1
  for (let from = 0; from < 8; from++) {
    let to = from
    while (to < 8 && pieces[to] === 0) to++
    if (to - from > length) [start, length] = [from, to - from]
  }
  const text = (part) => part.map((piece) => piece.toString(16)).join(':')
  return length > 1 ? `${text(pieces.slice(0, start))}::${text(pieces.slice(start + length))}` : text(pieces)
}

const isDriveLetter = (text) => /^[a-z][:|]$/i.test(text)
const startsWithDriveLetter = (text) => /^[a-z][:|]([/\\]|$)/i.test(text)

function shorten(url) {
  const { path } = url
  if (url.scheme === 'file' && path.length === 1 && /^[a-z]:$/i.test(path[0])) return
  path.pop()
}

const isSlash = (character, special) => character === '/' || special && character === '\\'

function parsePath(url, rest) {
  const special = isSpecial(url.scheme)
  if (rest === '' && !special) return
  const segments = (isSlash(rest[0], special) ? rest.slice(1) : rest).split(special ? /[/\\]/ : '/')
  segments.forEach((segment, at) => {
    const isLast = at === segments.length - 1
    if (/^(\.|%2e){2}$/i.test(segment)) {
      shorten(url)
      if (isLast) url.path.push('')
    } else if (/^(\.|%2e)$/i.test(segment)) {
      if (isLast) url.path.push('')
    } else {
      const isDrive = url.scheme === 'file' && url.path.length === 0 && isDriveLetter(segment)
      url.path.push(isDrive ? `${segment[0]}:` : encode(segment, PATH))
    }
  })
}

// Splits off what comes before the first slash.
function upToSlash(text, special) {
  const end = text.search(special ? /[/\\]/ : /\//)
  return end < 0 ? [text, ''] : [text.slice(0, end), text.slice(end)]
}

// Host and port of `host:port`, each undefined where it is not there.
const splitPort = (text) => /^((?:\[[^\]]*\]?|[^:[])*)(?::([^]*))?$/.exec(text)?.slice(1) ?? fail()

function setPort(url, digits) {
  if (digits > 65535) fail()
  const port = +digits
  url.port = port === PORTS[url.scheme] ? null : port
}

function parseAuthority(url, rest) {
  const special = isSpecial(url.scheme), [authority, path] = upToSlash(rest, special)
  const at = authority.lastIndexOf('@'), place = authority.slice(at + 1)
  if (at >= 0) {
    const [, username, password = ''] = /^([^:]*):?([^]*)$/.exec(authority.slice(0, at))
    url.username = encode(username, USERINFO)
    url.password = encode(password, USERINFO)
  }
  const [host, port] = splitPort(place)
  if (host === '' && (special || at >= 0 || port !== undefined)) fail()
  url.host = host === '' ? '' : parseHost(host, special)
  if (port) {
    if (!/^[0-9]+$/.test(port)) fail()
    setPort(url, port)
  }
  parsePath(url, path)
}

function fileHost(text) {
  const host = text === '' ? '' : parseHost(text, true)
  return host === 'localhost' ? '' : host
}

function parseFile(url, rest, base, query) {
  url.host = ''
  const ofBase = base?.scheme === 'file'
  if (isSlash(rest[0], true) && isSlash(rest[1], true)) {
    const [host, path] = upToSlash(rest.slice(2), true)
    if (isDriveLetter(host)) return parsePath(url, rest.slice(2))
    url.host = fileHost(host)
    return parsePath(url, path)
  }
  if (!ofBase) return parsePath(url, rest)
  url.host = base.host
  if (isSlash(rest[0], true)) {
    if (!startsWithDriveLetter(rest.slice(1)) && /^[a-z]:$/i.test(base.path[0] ?? '')) url.path.push(base.path[0])
    return parsePath(url, rest)
  }
  if (rest === '') return keepPath(url, base, query)
  if (startsWithDriveLetter(rest)) return parsePath(url, rest)
  url.path = [...base.path]
  shorten(url)
  return parsePath(url, rest)
}

// A reference that is empty but for its query and fragment.
function keepPath(url, base, query) {
  url.path = typeof base.path === 'string' ? base.path : [...base.path]
  if (query === undefined) url.query = base.query
}

function parseRelative(url, rest, base, query) {
  const special = isSpecial(url.scheme)
  if (isSlash(rest[0], special) && isSlash(rest[1], special)) {
    return parseAuthority(url, special ? rest.replace(/^[/\\]+/, '') : rest.slice(2))
  }
  for (const name of ['username', 'password', 'host', 'port']) url[name] = base[name]
  if (rest === '') return keepPath(url, base, query)
  if (!isSlash(rest[0], special)) {
    url.path = [...base.path]
    shorten(url)
  }
  return parsePath(url, rest)
}

// Without control characters and spaces at both ends. A regular expression would look at each run of spaces from each of its places.
function trimmed(text) {
  let start = 0, end = text.length
  while (start < end && text.charCodeAt(start) <= 0x20) start++
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--
  return text.slice(start, end)
}

const withoutTabs = (text) => text.replace(/[\t\n\r]/g, '')

function parse(input, base) {
  const text = withoutTabs(trimmed(input.toWellFormed()))
  const [, before, query, fragment] = /^([^?#]*)(?:\?([^#]*))?(?:#([^]*))?$/.exec(text)
  const named = /^([a-z][a-z0-9+.-]*):([^]*)$/i.exec(before)
  const url = { scheme: '', username: '', password: '', host: null, port: null, path: [], query: null, fragment: null }
  if (named !== null) {
    url.scheme = named[1].toLowerCase()
    parseAbsolute(url, named[2], base, query)
  } else {
    if (!base) fail()
    url.scheme = base.scheme
    if (typeof base.path === 'string') {
      if (before !== '' || query !== undefined || fragment === undefined) fail()
      keepPath(url, base, query)
    } else if (base.scheme === 'file') parseFile(url, before, base, query)
    else parseRelative(url, before, base, query)
  }
  if (query !== undefined) setQuery(url, query)
  if (fragment !== undefined) url.fragment = encode(fragment, FRAGMENT)
  return url
}

function parseAbsolute(url, rest, base, query) {
  if (url.scheme === 'file') parseFile(url, rest, base, query)
  else if (isSpecial(url.scheme)) {
    if (base?.scheme === url.scheme && !rest.startsWith('//')) parseRelative(url, rest, base, query)
    else parseAuthority(url, rest.replace(/^[/\\]+/, ''))
  } else if (rest.startsWith('//')) parseAuthority(url, rest.slice(2))
  else if (rest[0] === '/') parsePath(url, rest)
  else url.path = encode(rest, CONTROL)
}

function setQuery(url, query) {
  url.query = encode(query, isSpecial(url.scheme) ? SPECIAL_QUERY : QUERY)
}

const hostText = (url) => (url.host ?? '') + (url.port === null ? '' : `:${url.port}`)
const pathText = ({ path }) => (typeof path === 'string' ? path : path.map((segment) => `/${segment}`).join(''))

function credentials({ username, password }) {
  return username === '' && password === '' ? '' : `${username}${password === '' ? '' : `:${password}`}@`
}

function write(url, { auth = true, fragment = true, search = true } = {}) {
  const needsDot = url.host === null && typeof url.path !== 'string' && url.path.length > 1 && url.path[0] === ''
  const place = url.host !== null ? `//${auth ? credentials(url) : ''}${hostText(url)}` : needsDot ? '/.' : ''
  const query = search && url.query !== null ? `?${url.query}` : ''
  return `${url.scheme}:${place}${pathText(url)}${query}${fragment && url.fragment !== null ? `#${url.fragment}` : ''}`
}

// What the setters of the class URL do. What does not fit changes nothing.
const hasNoPlace = (url) => url.host === null || url.host === '' || url.scheme === 'file'

const setters = {
  protocol(url, value) {
    const scheme = /^([a-z][a-z0-9+.-]*)(?::|$)/i.exec(withoutTabs(value))?.[1].toLowerCase()
    if (scheme === undefined || isSpecial(scheme) !== isSpecial(url.scheme)) return
    if (scheme === 'file' && (credentials(url) !== '' || url.port !== null)) return
    if (url.scheme === 'file' && url.host === '') return
    url.scheme = scheme
    if (url.port === PORTS[scheme]) url.port = null
  },
  username(url, value) {
    if (!hasNoPlace(url)) url.username = encode(value, USERINFO)
  },
  password(url, value) {
    if (!hasNoPlace(url)) url.password = encode(value, USERINFO)
  },
  host(url, value) {
    setHost(url, value, true)
  },
  hostname(url, value) {
    setHost(url, value, false)
  },
  port(url, value) {
    if (hasNoPlace(url)) return
    const digits = /^[0-9]+/.exec(withoutTabs(value))
    if (value === '') url.port = null
    else if (digits !== null && digits[0] <= 65535) setPort(url, digits[0])
  },
  pathname(url, value) {
    if (typeof url.path === 'string') return
    url.path = []
    parsePath(url, withoutTabs(value))
    if (url.path.length === 0 && url.host === null) url.path.push('')
  },
  search(url, value) {
    if (value === '') url.query = null
    else setQuery(url, withoutTabs(value).replace(/^\?/, ''))
  },
  hash(url, value) {
    url.fragment = value === '' ? null : encode(withoutTabs(value).replace(/^#/, ''), FRAGMENT)
  },
}

function setHost(url, value, withPort) {
  if (typeof url.path === 'string') return
  const special = isSpecial(url.scheme), text = /^[^/?#]*/.exec(withoutTabs(value))[0]
  const place = special ? text.split('\\')[0] : text
  if (url.scheme === 'file') {
    url.host = fileHost(place)
    return
  }
  const [host, port] = splitPort(place)
  if (port !== undefined && (host === '' || !withPort)) return
  if (host === '' && (special || credentials(url) !== '' || url.port !== null)) return
  url.host = host === '' ? '' : parseHost(host, special)
  const digits = /^[0-9]+/.exec(port ?? '')
  if (digits !== null) setPort(url, digits[0])
}

// A setter's value as the standard converts it.
function set(url, name, value) {
  try {
    setters[name](url, value.toWellFormed())
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
  }
}

const origin = (url) => {
  if (url.scheme !== 'file' && isSpecial(url.scheme)) return `${url.scheme}://${hostText(url)}`
  if (url.scheme !== 'blob') return 'null'
  const inner = parsed(pathText(url))
  return inner?.scheme === 'http' || inner?.scheme === 'https' ? origin(inner) : 'null'
}

// The record; undefined for what is no URL.
function parsed(input, base) {
  try {
    return parse(input, base)
  } catch (error) {
    if (error instanceof Invalid) return undefined
    throw error
  }
}

function asciiDomain(domain) {
  try {
    return parseHost(domain, true)
  } catch {
    return ''
  }
}

module.exports = { parsed, decode, write, set, origin, hostText, pathText, asciiDomain }
