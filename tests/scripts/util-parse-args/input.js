const { parseArgs } = require('util')

function attempt(config) {
  try {
    console.log(parseArgs(config))
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}

const options = {
  foo: { type: 'boolean', short: 'f' },
  bar: { type: 'string' },
  n: { type: 'string', short: 'n', multiple: true },
  level: { type: 'string', default: 'info' },
}
attempt({ args: ['-f', '--bar', 'b'], options })
attempt({ args: ['-f', '--bar=b', 'x', 'y'], options, allowPositionals: true })
attempt({ args: ['-fn1', '-n', '2', '--n=3'], options })
attempt({ args: ['--', '--foo', '-x'], options, allowPositionals: true, tokens: true })
attempt({ args: ['-abc', '--no-color', 'file', '--x=1=2'], strict: false, tokens: true })
attempt({ args: ['--nope'], options })
attempt({ args: ['--nope'], options, allowPositionals: true })
attempt({ args: ['x'], options })
attempt({ args: ['--bar'], options })
attempt({ args: ['--foo=1'], options })
attempt({ args: ['-n', '-f'], options })
attempt({ args: ['--bar', '--foo'], options })
attempt({ args: [], options: { a: { type: 'number' } } })
attempt({ args: [], options: { a: { type: 'string', short: 'ab' } } })
attempt({ args: ['-'], allowPositionals: true })
attempt({})
