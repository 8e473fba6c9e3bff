// URLSearchParams: receivers of the wrong kind, arguments, iterators.
const { inspect } = require('util')
const attempt = (f) => { try { console.log(f()) } catch (error) { console.log(error.name, error.code, error.message) } }
const params = new URLSearchParams('a=1&b=2&a=3')
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'sort', 'entries', 'forEach', 'keys', 'values', 'toString']) {
  attempt(() => URLSearchParams.prototype[name].call(undefined, 'x', 'y'))
  attempt(() => URLSearchParams.prototype[name].call({}, 'x', 'y'))
}
attempt(() => params.entries().next.call({}))
attempt(() => params[inspect.custom].call())
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set', 'forEach']) attempt(() => params[name]())
const thrower = { toString() { throw new Error('toString') } }
const empty = new URLSearchParams()
for (const name of ['append', 'delete', 'get', 'getAll', 'has', 'set']) attempt(() => empty[name](thrower, 'x'))
for (const name of ['append', 'delete', 'has', 'set']) attempt(() => empty[name]('x', Symbol('s')))
const iterator = params.entries()
console.log(iterator, iterator.next(), iterator.next(), iterator, iterator.next(), iterator.next(), iterator, params.size)
console.log(params.keys(), params.values(), inspect(params, { depth: -1 }), inspect(params, { breakLength: 1 }))
for (const name of ['href', 'protocol', 'port', 'search', 'hash']) {
  const { get, set } = Object.getOwnPropertyDescriptor(URL.prototype, name)
  console.log(get.name, set.name, Object.hasOwn(set, 'prototype'))
}
const url = new URL('https://example.org/?x=1')
url.port = '8080'
url.search = '?y=2'
console.log(url.href, url.searchParams)
