'use strict'
// The module `stream/promises`.

const { run } = require('internal/streams/pipeline')
const finished = require('internal/streams/finished')

module.exports = {
  pipeline(...stages) {
    const last = stages[stages.length - 1]
    const options = last !== null && typeof last === 'object' && typeof last.on !== 'function' && last[$Symbol.iterator] === undefined && last[$Symbol.asyncIterator] === undefined
    if (options) stages.pop()
    return new $Promise((resolve, reject) => run(stages, (error, value) => (error ? reject(error) : resolve(value))))
  },
  finished(stream, options) {
    return new $Promise((resolve, reject) => finished(stream, options, (error) => (error ? reject(error) : resolve())))
  },
}
