'use strict'
// The module `url` (Node: lib/url.js): `parse` and `format` from before the class URL, as http servers use them on `request.url`, and
// the class.

const querystring = require('querystring')
const { URL, URLSearchParams, fileURLToPath, pathToFileURL, urlToHttpOptions, formatURL, domainToASCII } = require('internal/whatwg_url')

class Url {
  constructor() {
    for (const name of ['protocol', 'slashes', 'auth', 'host', 'port', 'hostname', 'hash', 'search', 'query', 'pathname', 'path', 'href']) {
      this[name] = null
    }
  }
}

function parse(address, parseQuery = false, slashesDenoteHost = false) {
  if (address instanceof Url) return address
  if (typeof address !== 'string') throw $Helpers.argumentTypeError('url', ['string'], address)
  const url = new Url()
  const [, protocol, slashes, rest] = /^([a-z0-9.+-]+:)?(\/\/)?([^]*)$/i.exec(address.trim().replaceAll('\\', '/'))
  const hasHost = slashes !== undefined && (protocol !== undefined || slashesDenoteHost)
  const [, place, search, hash] = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(hasHost || slashes === undefined ? rest : slashes + rest)
  if (protocol !== undefined) url.protocol = protocol.toLowerCase()
  let pathname = place
  if (hasHost) {
    const [, auth, hostname, port, path] = /^(?:([^/]*)@)?([^/:]*)(?::(\d*))?([^]*)$/.exec(place)
    url.slashes = true
    if (auth !== undefined) url.auth = querystring.unescape(auth)
    url.hostname = hostname.toLowerCase()
    if (port) url.port = port
    url.host = url.hostname + (port ? `:${port}` : '')
    pathname = path === '' ? '/' : path
  }
  if (search !== undefined) url.search = search
  if (parseQuery) {
    url.search = search ?? ''
    url.query = querystring.parse($slice(url.search, 1))
  } else if (search !== undefined) {
    url.query = $slice(search, 1)
  }
  if (hash !== undefined) url.hash = hash
  if (pathname !== '') url.pathname = pathname.replaceAll(' ', '%20')
  if (url.pathname !== null || url.search) url.path = (url.pathname ?? '') + (url.search ?? '')
  url.href = format(url)
  return url
}

function format(address, options) {
  if (typeof address === 'string') address = parse(address)
  if (address instanceof URL) return formatURL(address, options)
  if (!$isObject(address)) throw $Helpers.argumentTypeError('urlObject', ['Object', 'string'], address)
  const { protocol, slashes, auth, hostname, port, pathname, query, hash } = address
  const scheme = protocol ? (protocol.endsWith(':') ? protocol : `${protocol}:`) : ''
  const host = address.host ?? (hostname ? hostname + (port ? `:${port}` : '') : '')
  const user = auth && host ? `${querystring.escape(auth).replace('%3A', ':')}@` : ''
  let search = address.search ?? ($isObject(query) ? querystring.stringify(query) : query ?? '')
  if (search !== '' && search[0] !== '?') search = `?${search}`
  const fragment = hash ? (hash[0] === '#' ? hash : `#${hash}`) : ''
  let path = `${pathname ?? ''}`
  const marked = slashes || (/^(https?|ftp|file):$/.test(scheme) && host !== '') ? '//' : ''
  if (marked !== '' && path !== '' && path[0] !== '/') path = `/${path}`
  return scheme + marked + user + host + path.replace(/[?#]/g, encodeURIComponent) + search.replaceAll('#', '%23') + fragment
}

const { encodeURIComponent } = $globalThis

function resolve(from, to) {
  const url = new URL(to, new URL(from, 'resolve://'))
  return url.protocol === 'resolve:' ? url.pathname + url.search + url.hash : url.href
}

module.exports = {
  Url, parse, resolve, format, URL, URLSearchParams, domainToASCII, pathToFileURL, fileURLToPath, urlToHttpOptions,
}
