'use strict'
// The module `stream/promises`.

const { run } = require('internal/streams/pipeline')
const eos = require('internal/streams/finished')
const { isStream } = require('internal/streams/states')

function pipeline(...stages) {
  return new $Promise((resolve, reject) => {
    const last = stages[stages.length - 1]
    const isOptions = last !== null && typeof last === 'object' && !isStream(last) && last[$Symbol.iterator] === undefined && last[$Symbol.asyncIterator] === undefined
    const options = isOptions ? stages.pop() : undefined
    run(stages, (error, value) => (error ? reject(error) : resolve(value)), options)
  })
}

function finished(stream, options) {
  const cleanup = options?.cleanup
  if (cleanup !== undefined && typeof cleanup !== 'boolean') {
    throw $Helpers.argumentTypeError('cleanup', ['boolean'], cleanup)
  }
  return new $Promise((resolve, reject) => {
    const forget = eos(stream, options, (error) => {
      if (cleanup) forget()
      if (error) reject(error)
      else resolve()
    })
  })
}

module.exports = { finished, pipeline }
