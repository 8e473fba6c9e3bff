'use strict'
// Numbers as `toLocaleString('en-US', options)` writes them. More intrinsics:
//   $localeDigits(number, integer, least, most, grouped)  the digits of a number's size, with at least `integer` before
//                          the point and `least` to `most` behind it

const SYMBOLS = { USD: '$', EUR: '€', GBP: '£', JPY: '¥', INR: '₹', CNY: 'CN¥', KRW: '₩', BRL: 'R$', CAD: 'CA$', AUD: 'A$' }
const WITHOUT_CENTS = ['JPY', 'KRW']

function digitOption(options, name, least, most, fallback) {
  const value = options[name]
  if (value === undefined) return fallback
  const number = +value
  if (!(number >= least && number <= most)) $throwRangeError(`${name} value is out of range.`)
  return $Math.floor(number)
}

function localeText(number, given) {
  const options = $toObject(given)
  const style = options.style ?? 'decimal', isMoney = style === 'currency'
  const code = isMoney ? `${options.currency}`.toUpperCase() : ''
  if (isMoney && options.currency === undefined) $throwTypeError('Currency code is required with currency style.')
  const integer = digitOption(options, 'minimumIntegerDigits', 1, 21, 1)
  const usual = isMoney && !WITHOUT_CENTS.includes(code) ? 2 : 0
  let least = digitOption(options, 'minimumFractionDigits', 0, 100, undefined)
  let most = digitOption(options, 'maximumFractionDigits', 0, 100, undefined)
  if (least === undefined) least = most === undefined ? usual : $Math.min(usual, most)
  if (most === undefined) most = $Math.max(least, isMoney ? usual : style === 'percent' ? 0 : 3)
  if (least > most) $throwRangeError('maximumFractionDigits value is out of range.')
  const grouped = options.useGrouping !== false
  const value = style === 'percent' ? number * 100 : number
  if (options.notation === 'compact') return $Helpers.$builtin('internal/intl').compactText(value)
  const digits = value !== value ? 'NaN' : $localeDigits(value, integer, least, most, grouped)
  const sign = value < 0 || (value === 0 && 1 / value < 0) ? '-' : ''
  if (isMoney) return `${sign}${SYMBOLS[code] ?? `${code}\u00a0`}${digits}`
  return style === 'percent' ? `${sign}${digits}%` : `${sign}${digits}`
}

$install($Helpers, {
  localeText,
  styledDate: (date, options) => $Helpers.$builtin('internal/intl').styledDate(date, options),
})
