'use strict'
// The classes URL and URLSearchParams (Node: lib/internal/url.js); text is taken apart by internal/url_parser.

const parser = require('internal/url_parser')
const { encodeURIComponent } = $globalThis
const { unescape } = require('querystring')
const custom = $Symbol.for('nodejs.util.inspect.custom')

function needs(count, ...names) {
  if (count >= names.length) return
  const quoted = names.map((name) => `"${name}"`).join(' and ')
  throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', `The ${quoted} argument${names.length > 1 ? 's' : ''} must be specified`)
}

const textOf = (value) => `${value}`.toWellFormed()

// application/x-www-form-urlencoded
function readForm(text) {
  return text.split('&').filter((field) => field !== '').map((field) => {
    const [, name, value = ''] = /^([^=]*)=?([^]*)$/.exec(field.replaceAll('+', ' '))
    return [parser.decode(name), parser.decode(value)]
  })
}
const formEncode = (text) => encodeURIComponent(text).replaceAll('%20', '+')
  .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const invalidTuple = () => $Helpers.nodeError('TypeError', 'ERR_INVALID_TUPLE', 'Each query pair must be an iterable [name, value] tuple')

function pairsOf(init) {
  if (init === undefined || init === null) return []
  if (typeof init !== 'object' && typeof init !== 'function') return readForm(textOf(init).replace(/^\?/, ''))
  const iterate = init[$Symbol.iterator]
  if (iterate === undefined || iterate === null) {
    return $Reflect.ownKeys(init).filter((key) => $Object.getOwnPropertyDescriptor(init, key)?.enumerable)
      .map((key) => [textOf(key), textOf(init[key])])
  }
  if (typeof iterate !== 'function') {
    throw $Helpers.nodeError('TypeError', 'ERR_ARG_NOT_ITERABLE', 'Query pairs must be iterable')
  }
  return $Array.from(init, (pair) => {
    if (!$isObject(pair) || typeof pair[$Symbol.iterator] !== 'function') throw invalidTuple()
    const items = $Array.from(pair, textOf)
    if (items.length !== 2) throw invalidTuple()
    return items
  })
}

// What URL does with the parameters of its query.
let belongsTo, renew
// The receiver of a method if it is one, and an iterator over what it takes of each pair.
let checked, iterate
const invalidThis = (name) => $Helpers.nodeError('TypeError', 'ERR_INVALID_THIS', `Value of "this" must be of type ${name}`)

class URLSearchParams {
  #pairs
  #changed
  static {
    belongsTo = (params, changed) => (params.#changed = changed)
    renew = (params, query) => (params.#pairs = readForm(query))
    checked = (params) => {
      if ($isObject(params) && #pairs in params) return params
      throw invalidThis('URLSearchParams')
    }
    iterate = (params, take) => new Iterator(() => params.#pairs, take)
  }
  constructor(init = undefined) {
    this.#pairs = pairsOf(init)
  }
  #update(pairs) {
    this.#pairs = pairs
    this.#changed?.(this.toString())
  }
  get size() { return checked(this).#pairs.length }
  append(name, value) {
    checked(this)
    needs(arguments.length, 'name', 'value')
    this.#pairs.push([textOf(name), textOf(value)])
    this.#update(this.#pairs)
  }
  delete(name, value = undefined) {
    checked(this)
    needs(arguments.length, 'name')
    const isIt = matching(name, value)
    this.#update(this.#pairs.filter((pair) => !isIt(pair)))
  }
  get(name) {
    checked(this)
    needs(arguments.length, 'name')
    return this.#pairs.find(matching(name))?.[1] ?? null
  }
  getAll(name) {
    checked(this)
    needs(arguments.length, 'name')
    return this.#pairs.filter(matching(name)).map((pair) => pair[1])
  }
  has(name, value = undefined) {
    checked(this)
    needs(arguments.length, 'name')
    return this.#pairs.some(matching(name, value))
  }
  set(name, value) {
    checked(this)
    needs(arguments.length, 'name', 'value')
    const wanted = [textOf(name), textOf(value)], first = this.#pairs.findIndex((pair) => pair[0] === wanted[0])
    if (first < 0) this.#update([...this.#pairs, wanted])
    else this.#update(this.#pairs.map((pair, at) => (at === first ? wanted : pair)).filter((pair, at) => at <= first || pair[0] !== wanted[0]))
  }
  sort() {
    checked(this)
    this.#update(this.#pairs.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  }
  entries() { return iterate(checked(this), (pair) => [...pair]) }
  forEach(callback, thisArg = undefined) {
    checked(this)
    if (typeof callback !== 'function') throw $Helpers.argumentTypeError('callback', ['function'], callback)
    for (let at = 0; at < this.#pairs.length; at++) {
      const [name, value] = this.#pairs[at]
      $call(callback, thisArg, value, name, this)
    }
  }
  keys() { return iterate(checked(this), ([name]) => name) }
  values() { return iterate(checked(this), ([, value]) => value) }
  toString() {
    return checked(this).#pairs.map((pair) => pair.map(formEncode).join('=')).join('&')
  }
  [custom](depth, options, inspect) {
    checked(this)
    if (depth !== null && depth < 0) return options.stylize('[Object]', 'special')
    const parts = this.#pairs.map((pair) => pair.map((text) => inspect(text, options)).join(' => '))
    return listText('URLSearchParams', parts, parts.join(', ').length > (options.breakLength ?? 80))
  }
}

// Whether a pair is of a name, and of a value if one is given.
function matching(name, value) {
  const key = textOf(name), text = value === undefined ? undefined : textOf(value)
  return (pair) => pair[0] === key && (text === undefined || pair[1] === text)
}

function listText(name, parts, breaks) {
  if (parts.length === 0) return `${name} {}`
  return breaks ? `${name} {\n  ${parts.join(',\n  ')} }` : `${name} { ${parts.join(', ')} }`
}

// An iterator over a list that may change meanwhile.
class Iterator {
  #list
  #take
  #at = 0
  constructor(list, take) {
    this.#list = list
    this.#take = take
  }
  next() {
    if (!$isObject(this) || !(#list in this)) throw invalidThis('URLSearchParamsIterator')
    const list = this.#list()
    return this.#at < list.length ? { value: this.#take(list[this.#at++]), done: false } : { value: undefined, done: true }
  }
  [custom](depth, options, inspect) {
    if (depth !== null && depth < 0) return options.stylize('[Object]', 'special')
    const rest = this.#list().slice(this.#at).map((pair) => this.#take(pair))
    if (rest.length === 0) return `${this[$Symbol.toStringTag]} {  }`
    return listText(this[$Symbol.toStringTag], rest.map((item) => inspect(item, options)), inspect(rest, options).includes('\n'))
  }
}
$Object.setPrototypeOf(Iterator.prototype, $Object.getPrototypeOf($Object.getPrototypeOf([][$Symbol.iterator]())))
delete Iterator.prototype.constructor

function invalidUrl(input, base) {
  const error = $Helpers.nodeError('TypeError', 'ERR_INVALID_URL', 'Invalid URL')
  error.input = input
  if (base !== undefined) error.base = base
  return error
}

// The record of a URL, relative to a base if there is one.
function recordOf(input, base) {
  const ground = base === undefined ? undefined : parser.parsed(base)
  return base !== undefined && ground === undefined ? undefined : parser.parsed(input, ground)
}

const SETTABLE = ['protocol', 'username', 'password', 'host', 'hostname', 'port', 'pathname', 'search', 'hash']
const SHOWN = ['href', 'origin', ...SETTABLE.slice(0, 8), 'searchParams', 'hash']

class URL {
  #record
  #params
  constructor(input, base = undefined) {
    needs(arguments.length, 'url')
    input = `${input}`
    if (base !== undefined) base = `${base}`
    this.#record = recordOf(input, base)
    if (this.#record === undefined) throw invalidUrl(input, base)
  }
  toString() { return parser.write(this.#record) }
  get href() { return parser.write(this.#record) }
  set href(value) {
    const record = parser.parsed(`${value}`)
    if (record === undefined) throw invalidUrl(`${value}`)
    this.#record = record
    this.#renewParams()
  }
  get origin() { return parser.origin(this.#record) }
  get protocol() { return `${this.#record.scheme}:` }
  get username() { return this.#record.username }
  get password() { return this.#record.password }
  get host() { return parser.hostText(this.#record) }
  get hostname() { return this.#record.host ?? '' }
  get port() { return `${this.#record.port ?? ''}` }
  get pathname() { return parser.pathText(this.#record) }
  get search() { return this.#record.query ? `?${this.#record.query}` : '' }
  get searchParams() {
    if (this.#params === undefined) {
      this.#params = new URLSearchParams()
      this.#renewParams()
      belongsTo(this.#params, (query) => (this.#record.query = query === '' ? null : query))
    }
    return this.#params
  }
  get hash() { return this.#record.fragment ? `#${this.#record.fragment}` : '' }
  toJSON() { return parser.write(this.#record) }
  #renewParams() {
    if (this.#params !== undefined) renew(this.#params, this.#record.query ?? '')
  }
  static canParse(input, base = undefined) {
    needs(arguments.length, 'url')
    return recordOf(`${input}`, base === undefined ? undefined : `${base}`) !== undefined
  }
  static parse(input, base = undefined) {
    needs(arguments.length, 'url')
    return URL.canParse(input, base) ? new URL(input, base) : null
  }
  static {
    // `url.port = value` and its like.
    for (const name of SETTABLE) {
      const { get } = $Object.getOwnPropertyDescriptor(URL.prototype, name)
      const { set } = $Object.getOwnPropertyDescriptor({
        set [name](value) {
          parser.set(this.#record, name, `${value}`)
          if (name === 'search') this.#renewParams()
        },
      }, name)
      $Object.defineProperty(URL.prototype, name, { get, set, configurable: true })
    }
  }
  [custom](depth, options, inspect) {
    if (depth !== null && depth < 0) return this
    const shown = {}
    for (const name of SHOWN) shown[name] = this[name]
    return `${this.constructor.name} ${inspect(shown, options)}`
  }
}

// As WebIDL has it: members are enumerable, and a tag tells the class.
for (const [target, tag] of [[URL, 'URL'], [URLSearchParams, 'URLSearchParams'], [Iterator, 'URLSearchParams Iterator']]) {
  for (const name of $Object.getOwnPropertyNames(target.prototype)) {
    if (name !== 'constructor') $Object.defineProperty(target.prototype, name, { enumerable: true })
  }
  $Object.defineProperty(target.prototype, $Symbol.toStringTag, { value: tag, configurable: true })
}
$Object.defineProperty(URLSearchParams.prototype, $Symbol.iterator, {
  value: URLSearchParams.prototype.entries, writable: true, configurable: true,
})

function fileURLToPath(url) {
  if (typeof url === 'string') url = new URL(url)
  else if (!(url instanceof URL)) throw $Helpers.argumentTypeError('path', ['string', 'URL'], url)
  if (url.protocol !== 'file:') throw $Helpers.nodeError('TypeError', 'ERR_INVALID_URL_SCHEME', 'The URL must be of scheme file')
  if (url.hostname !== '') {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_FILE_URL_HOST', 'File URL host must be "localhost" or empty on linux')
  }
  if (/%2f/i.test(url.pathname)) {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_FILE_URL_PATH', 'File URL path must not include encoded / characters')
  }
  return unescape(url.pathname)
}

function pathToFileURL(path) {
  const whole = require('path').resolve(path), end = path.endsWith('/') && !whole.endsWith('/') ? '/' : ''
  const quoted = (whole + end).replace(/[%\\\n\r\t?#]/g, encodeURIComponent)
  return new URL(`file://${quoted}`)
}

function urlToHttpOptions(url) {
  const { protocol, hostname, hash, search, pathname, href, port, username, password } = url
  const options = {
    __proto__: null, ...url, protocol, hostname: hostname.replace(/^\[(.*)\]$/, '$1'), hash, search, pathname, path: pathname + search, href,
  }
  if (port !== '') options.port = $Number(port)
  if (username || password) options.auth = `${unescape(username)}:${unescape(password)}`
  return options
}

const formatURL = (url, { auth, fragment, search } = {}) => parser.write(parser.parsed(url.href), { auth, fragment, search })

module.exports = { URL, URLSearchParams, fileURLToPath, pathToFileURL, urlToHttpOptions, formatURL, domainToASCII: parser.asciiDomain }
