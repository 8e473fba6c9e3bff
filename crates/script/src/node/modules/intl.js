'use strict'
// Intl for en-US in UTC: what `toLocaleString` and `localeCompare` give, as objects.

const { toLocaleString, toLocaleDateString } = $Date.prototype
const COMPONENTS = ['weekday', 'year', 'month', 'day', 'hour', 'minute', 'second', 'dateStyle', 'timeStyle']

const options = new $WeakMap()

// A class that can be called without `new`; its objects are their options.
function service(name, prototype) {
  const Service = {
    [name]: function (locales, given) {
      const made = new.target ? this : $Object.create(Service.prototype)
      options.set(made, { ...given })
      return made
    },
  }[name]
  for (const key of $Object.keys(prototype)) {
    $Object.defineProperty(Service.prototype, key, {
      ...$Object.getOwnPropertyDescriptor(prototype, key), enumerable: false,
    })
  }
  $Object.defineProperty(Service.prototype, $Symbol.toStringTag, { value: `Intl.${name}`, configurable: true })
  $install(Service, { supportedLocalesOf: (locales) => [locales].flat() })
  return Service
}

// `format` and `compare` are functions that need no receiver.
const bound = (name, work) => {
  const functions = new $WeakMap()
  return $Object.getOwnPropertyDescriptor({
    get [name]() {
      if (!functions.has(this)) {
        const own = options.get(this)
        functions.set(this, (...values) => work(own, ...values))
      }
      return functions.get(this)
    },
  }, name)
}

const resolved = (more) => function resolvedOptions() {
  return { locale: 'en-US', ...more, ...options.get(this) }
}

function dateText(own, date) {
  const time = new $Date(date === undefined ? $Date.now() : +date)
  if (+time !== +time) $throwRangeError('Invalid time value')
  const method = COMPONENTS.some((name) => own[name] !== undefined) ? toLocaleString : toLocaleDateString
  return $call(method, time, 'en-US', own)
}

const ORDINALS = { 1: 'one', 2: 'two', 3: 'few' }

function pluralOf(own, number) {
  if (own.type !== 'ordinal') return +number === 1 ? 'one' : 'other'
  const tens = number % 100
  return tens > 10 && tens < 14 ? 'other' : ORDINALS[number % 10] ?? 'other'
}

const NAMED = {
  day: { '-1': 'yesterday', 0: 'today', 1: 'tomorrow' },
  now: { 0: 'now' },
}

function relativeText(own, number, unit) {
  unit = `${unit}`.replace(/s$/, '')
  if (own.numeric === 'auto') {
    const named = unit === 'second' ? NAMED.now[number] : NAMED[unit]?.[number]
    if (named !== undefined) return named
    const place = { '-1': 'last', 0: 'this', 1: 'next' }[number]
    if (place !== undefined && unit !== 'hour' && unit !== 'minute' && unit !== 'second') return `${place} ${unit}`
  }
  const size = $Math.abs(number), past = number < 0 || (number === 0 && 1 / number < 0)
  const amount = `${size.toLocaleString()} ${unit}${size === 1 ? '' : 's'}`
  return past ? `${amount} ago` : `in ${amount}`
}

function listText(own, list) {
  const items = [...list], word = own.type === 'disjunction' ? 'or' : 'and'
  if (items.length < 2) return items.join('')
  const last = items.pop()
  return `${items.join(', ')}${items.length > 1 ? ',' : ''} ${word} ${last}`
}

const DATE_STYLES = {
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  short: { year: '2-digit', month: 'numeric', day: 'numeric' },
}
const ZONES = { full: ' Coordinated Universal Time', long: ' UTC' }

// A date as `dateStyle` and `timeStyle` ask for it.
function styledDate(date, { dateStyle, timeStyle, hour12 }) {
  const parts = []
  if (dateStyle !== undefined) parts.push(date.toLocaleDateString('en-US', DATE_STYLES[dateStyle]))
  if (timeStyle !== undefined) {
    const second = timeStyle === 'short' ? undefined : '2-digit'
    parts.push(date.toLocaleTimeString('en-US', { hour: 'numeric', minute: '2-digit', second, hour12 }) + (ZONES[timeStyle] ?? ''))
  }
  return parts.join(dateStyle === 'full' || dateStyle === 'long' ? ' at ' : ', ')
}

// `1.2K`, `12M`: two digits at least.
function compactText(number) {
  let size = $Math.abs(number), unit = 0
  for (; size >= 999.5 && unit < 4; unit++) size /= 1000
  const digits = $localeDigits(size, 1, 0, size < 9.95 ? 1 : 0, true)
  return `${number < 0 ? '-' : ''}${digits}${['', 'K', 'M', 'B', 'T'][unit]}`
}

const DateTimeFormat = service('DateTimeFormat', $Object.defineProperties({
  resolvedOptions: resolved({ calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' }),
}, { format: { ...bound('format', dateText), enumerable: true } }))
const NumberFormat = service('NumberFormat', $Object.defineProperties({
  resolvedOptions: resolved({ numberingSystem: 'latn', style: 'decimal' }),
}, { format: { ...bound('format', (own, number) => (typeof number === 'bigint' ? number : +number).toLocaleString('en-US', own)), enumerable: true } }))
const Collator = service('Collator', $Object.defineProperties({
  resolvedOptions: resolved({ usage: 'sort', sensitivity: 'variant' }),
}, { compare: { ...bound('compare', (own, a, b) => `${a}`.localeCompare(b, 'en-US', own)), enumerable: true } }))

const Intl = $Object.create($Object.prototype, {
  [$Symbol.toStringTag]: { value: 'Intl', configurable: true },
})
$install(Intl, {
  DateTimeFormat,
  NumberFormat,
  Collator,
  PluralRules: service('PluralRules', {
    select(number) {
      return pluralOf(options.get(this), number)
    },
    resolvedOptions: resolved({ type: 'cardinal' }),
  }),
  RelativeTimeFormat: service('RelativeTimeFormat', {
    format(number, unit) {
      return relativeText(options.get(this), +number, unit)
    },
    resolvedOptions: resolved({ numeric: 'always', style: 'long' }),
  }),
  ListFormat: service('ListFormat', {
    format(list) {
      return listText(options.get(this), list)
    },
    resolvedOptions: resolved({ type: 'conjunction', style: 'long' }),
  }),
  getCanonicalLocales: (locales) => [locales].flat(),
})

module.exports = { Intl, styledDate, compactText }
