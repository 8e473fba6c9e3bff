'use strict'
// console, and the format strings of console.log and util.format. More intrinsics:
//   $write(stream, text)        a line to standard output (1) or standard error (2)
//   $formatNumber(number)       as inspect prints it: -0 keeps its sign
//   $hasBuiltInToString(object) whether String(object) would run only built-in code

let indent = ''
let counts = new $Map()
let timers = new $Map()

function print(stream, text) {
  'eager'
  if (indent !== '') text = indent + text.replaceAll('\n', '\n' + indent)
  const target = stream === 1 ? $console._stdout ?? $process.stdout : $console._stderr ?? $process.stderr
  if (target.write === $Helpers.plainWrites[stream]) $write(stream, text)
  else writeTo(target, `${text}\n`, true)
}

// A line to a stream that the script has made or changed.
function writeTo(target, text, ignoresErrors) {
  if (!ignoresErrors) return target.write(text)
  const ignore = () => {}
  try {
    // Of the errors that come later the callback is told as well.
    target.once?.('error', ignore)
    target.write(text, (error) => {
      if (error && target.listenerCount?.('error') === 0) target.once('error', ignore)
    })
  } catch (error) {
    // Node lets what says that the stack is full go on.
    if (error instanceof $RangeError && error.message === 'Maximum call stack size exceeded') throw error
  } finally {
    target.removeListener?.('error', ignore)
  }
}

const shown = (value, options) => options === undefined ? $inspect(value, 2, false) : $publicInspect(value, options)

function format(args, options) {
  'eager'
  const count = args.length
  if (count === 0) return ''
  const first = args[0]
  let text, next = 1
  if (typeof first !== 'string') text = shown(first, options)
  else if (count === 1) return first
  else if ($indexOf(first, '%', 0) < 0) text = first
  else {
    const filled = fillIn(first, args, options)
    text = filled.text
    next = filled.next
  }
  for (; next < count; next++) {
    const value = args[next]
    text += typeof value === 'string' ? ' ' + value : ' ' + shown(value, options)
  }
  return text
}

// Replaces the placeholders of a format string while there are arguments left.
function fillIn(template, args, options) {
  let text = '', done = 0, next = 1
  for (let at = $indexOf(template, '%', 0); at >= 0 && at + 1 < template.length; at = $indexOf(template, '%', at + 2)) {
    const letter = template[at + 1]
    if (letter === '%') {
      text += $slice(template, done, at + 1)
      done = at + 2
    } else if (next < args.length && $indexOf('sdifjoOc', letter, 0) >= 0) {
      text += $slice(template, done, at) + placeholder(letter, args[next++], options)
      done = at + 2
    }
  }
  return { text: text + $slice(template, done), next }
}

function placeholder(letter, value, options) {
  const type = typeof value
  switch (letter) {
    case 's':
      if (type === 'number') return $formatNumber(value)
      if (type === 'bigint') return `${value}n`
      if (!$isObject(value) || type === 'function' || !$hasBuiltInToString(value)) return $String(value)
      return shown(value, { ...options, depth: 0, colors: false, compact: 3 })
    case 'd':
      if (type === 'bigint') return `${value}n`
      return type === 'symbol' ? 'NaN' : $formatNumber($Number(value))
    case 'i':
      if (type === 'bigint') return `${value}n`
      return type === 'symbol' ? 'NaN' : $formatNumber($parseInt(`${value}`))
    case 'f': return type === 'symbol' ? 'NaN' : $formatNumber($parseFloat(`${value}`))
    case 'j': return jsonText(value)
    case 'o': return shown(value, { ...options, showHidden: true, showProxy: true, depth: 4 })
    case 'O': return shown(value, options)
    case 'c': return ''
  }
}

function jsonText(value) {
  try {
    return `${$JSON.stringify(value)}`
  } catch (error) {
    if (error instanceof $TypeError && $indexOf(error.message, 'circular structure', 0) >= 0) return '[Circular]'
    throw error
  }
}

$install($Helpers, { $formatList: format, durationText, tableText, writeTo })

$install($console, {
  log(...args) {
    print(1, format(args))
  },
  info(...args) {
    print(1, format(args))
  },
  debug(...args) {
    print(1, format(args))
  },
  error(...args) {
    print(2, format(args))
  },
  warn(...args) {
    print(2, format(args))
  },
  trace(...args) {
    const text = format(args), stack = new $Error().stack
    print(2, `Trace${text === '' ? '' : ': ' + text}${$slice(stack, $indexOf(stack, '\n', 0))}`)
  },
  dir(value, options) {
    print(1, $publicInspect(value, { customInspect: false, ...options }))
  },
  dirxml(...args) {
    print(1, format(args))
  },
  // These do something on a terminal or in an inspector only.
  clear() {
    if ($process.stdout.isTTY && $process.env.TERM !== 'dumb') $process.stdout.write('\x1b[1;1H\x1b[0J')
  },
  timeStamp() {},
  profile() {},
  profileEnd() {},
  assert(condition, ...args) {
    if (condition) return
    args[0] = args.length === 0 ? 'Assertion failed' : `Assertion failed: ${args[0]}`
    print(2, format(args))
  },
  group(...args) {
    if (args.length > 0) print(1, format(args))
    indent += '  '
  },
  groupCollapsed(...args) {
    if (args.length > 0) print(1, format(args))
    indent += '  '
  },
  groupEnd() {
    indent = $slice(indent, 2)
  },
  count(label = 'default') {
    const name = `${label}`, count = (counts.get(name) ?? 0) + 1
    counts.set(name, count)
    print(1, `${name}: ${count}`)
  },
  countReset(label = 'default') {
    if (!counts.delete(`${label}`)) $process.emitWarning(`Count for '${label}' does not exist`)
  },
  time(label = 'default') {
    if (timers.has(`${label}`)) $process.emitWarning(`Label '${label}' already exists for console.time()`)
    else timers.set(`${label}`, $now())
  },
  timeLog(label = 'default', ...args) {
    const started = startOf(label, 'timeLog')
    if (started === undefined) return
    print(1, format([`${label}: ${durationText($now() - started)}`, ...args]))
  },
  timeEnd(label = 'default') {
    const started = startOf(label, 'timeEnd')
    if (started === undefined) return
    timers.delete(`${label}`)
    print(1, `${label}: ${durationText($now() - started)}`)
  },
  table(data, columns) {
    if (data === null || typeof data !== 'object') print(1, format([data]))
    else print(1, tableText(data, columns))
  },
})

function startOf(label, method) {
  const started = timers.get(`${label}`)
  if (started === undefined) $process.emitWarning(`No such label '${label}' for console.${method}()`)
  return started
}

// What Node shows of the console itself, in its order.
for (const name of [
  'log', 'warn', 'dir', 'time', 'timeEnd', 'timeLog', 'trace', 'assert', 'clear', 'count', 'countReset', 'group', 'groupEnd', 'table',
  'debug', 'info', 'dirxml', 'error', 'groupCollapsed', 'profile', 'profileEnd', 'timeStamp',
]) {
  const value = $console[name]
  delete $console[name]
  $console[name] = value
}
// The streams that a script has given it; else they are the process's.
for (const name of ['_stdout', '_stderr']) $Object.defineProperty($console, name, { writable: true, configurable: true })
$Object.defineProperty($console, 'Console', {
  get: () => $builtin('internal/console').Console,
  set(value) {
    $Object.defineProperty($console, 'Console', { value, writable: true, configurable: true })
  },
  configurable: true,
})
$Object.defineProperty($console, $Symbol.toStringTag, { value: 'console', configurable: true })

// Milliseconds as console.time prints them.
function durationText(ms) {
  if (ms >= 60000) return `${$Math.floor(ms / 60000)}:${(ms % 60000 / 1000).toFixed(3).padStart(6, '0')} (m:ss.mmm)`
  return ms >= 1000 ? `${(ms / 1000).toFixed(3)}s` : `${$Number(ms.toFixed(3))}ms`
}

function tableText(data, columns) {
  const isMap = data instanceof $Map, isCollection = isMap || data instanceof $Set
  const header = [isCollection ? '(iteration index)' : '(index)'], rows = [], keys = []
  let hasValues = false
  const add = (index, cells) => { rows[rows.length] = { index, cells } }
  if (isMap) {
    let i = 0
    for (const [key, value] of data) add(`${i++}`, new $Map([['Key', cellText(key)], ['Values', cellText(value)]]))
    keys.push('Key', 'Values')
  } else if (isCollection) {
    let i = 0
    for (const value of data) add(`${i++}`, new $Map([['Values', cellText(value)]]))
    keys.push('Values')
  } else {
    for (const index of $Object.keys(data)) {
      const row = data[index], cells = new $Map()
      if ($isObject(row) && typeof row !== 'function') {
        for (const key of columns ?? $Object.keys(row)) {
          if (!keys.includes(key)) keys[keys.length] = key
          if ($hasOwn(row, key)) cells.set(key, cellText(row[key]))
        }
      } else {
        hasValues = true
        cells.set($Symbol.iterator, cellText(row))
      }
      add(index, cells)
    }
  }
  header.push(...keys)
  if (hasValues) {
    header.push('Values')
    keys.push($Symbol.iterator)
  }
  return drawTable(header, rows.map(row => [row.index, ...keys.map(key => row.cells.get(key) ?? '')]))
}

function cellText(value) {
  const isWide = $isObject(value) && typeof value !== 'function' && !$isArray(value) && $Object.keys(value).length > 2
  return $inspect(value, isWide ? -1 : 0, false, { maxArrayLength: 3, breakLength: Infinity })
}

function drawTable(header, rows) {
  const widths = header.map((title, i) => rows.reduce((most, row) => $Math.max(most, $width(row[i])), $width(title)) + 2)
  const line = (left, middle, right) => left + widths.map(width => '─'.repeat(width)).join(middle) + right
  const cells = row => '│' + row.map((text, i) => padded(text, widths[i])).join('│') + '│'
  return [line('┌', '┬', '┐'), cells(header), line('├', '┼', '┤'), ...rows.map(cells), line('└', '┴', '┘')].join('\n')
}

function padded(text, width) {
  return ' ' + text + ' '.repeat(width - $width(text) - 1)
}
