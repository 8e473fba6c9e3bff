// A custom method is told the levels that are left, and the options of the whole.
const { inspect } = require('util')
const asked = { [inspect.custom]: (depth, options) => `<${depth} of ${options.depth}>` }
console.log(asked, { a: asked }, { a: { b: asked } }, [[[asked]]])
console.log(inspect({ a: asked }, { depth: 5 }), inspect({ a: { b: { c: { d: asked } } } }, { depth: null }))
const other = { [inspect.custom]: () => ({ one: { two: { three: { four: 4 } } } }) }
console.log(other, { other }, { a: { other } })
const again = { [inspect.custom]: (depth, options, inspect) => inspect({ one: { two: { three: { four: 4 } } } }, options) }
console.log(again, { again }, { a: { again } })
const { performance } = require('perf_hooks')
const mark = performance.mark('a', { detail: { a: { b: { c: 1 } } }, startTime: 5 })
console.log(mark, { mark })
