// Where errors point: operators, brackets, patterns.
const attempt = (run) => {
  try {
    run()
  } catch (error) {
    const place = error.stack.split('\n').find((line) => line.includes('.js:')).match(/:(\d+):(\d+)/)
    console.log(error.message, place[1], place[2])
  }
}
attempt(() => Symbol() + '')
attempt(() => 1n + 1)
attempt(() => ({}) instanceof 5)
attempt(() => Symbol() < 1)
attempt(() => { const { a } = null })
attempt(() => { const [z] = {} })
attempt(() => { null.x = 1 })
attempt(() => { null[0] })
attempt(() => { (() => {})().x })
attempt(() => { const c = 1; c = 2 })
attempt(() => { 'use strict'; undeclared = 1 })
attempt(() => { 'use strict'; Object.freeze({ a: 1 }).a = 2 })
attempt(() => { (void 0)() })
attempt(() => { let o = {}; o['a' + 'b']() })
attempt(() => { let a; a[0][1] = 2 })
attempt(() => { const { length } = undefined })
