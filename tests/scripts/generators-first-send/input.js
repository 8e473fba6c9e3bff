// What the first call of next sends is lost, in delegation too; `next` may be a getter.
const log = []
const inner = {
  [Symbol.iterator]() { return this },
  get next() {
    log.push('get next')
    return (...values) => {
      log.push(`next(${values})`)
      return { value: values[0], done: log.length > 5 }
    }
  },
}
function* outer() { return yield* inner }
const generator = outer()
console.log(generator.next('lost'), generator.next('kept'), generator.next('more'))
console.log(log.join(' '))
for (const value of inner) console.log('value', value)

const order = []
const target = { set x(value) { order.push(`set ${value}`) } }
const source = { [Symbol.iterator]() { return { next() { order.push('step'); return { value: 1, done: false } }, return() { order.push('close'); return {} } } } };
[(order.push('target'), target).x] = source
console.log(order.join(' '))

async function* asynchronous() { yield* { [Symbol.asyncIterator]() { return { next(value) { console.log('sent', value); return Promise.resolve({ value: 1, done: value === 'end' }) } } } } }
const waiting = asynchronous()
waiting.next('lost').then((result) => console.log(result)).then(() => waiting.next('end')).then((result) => console.log(result))
