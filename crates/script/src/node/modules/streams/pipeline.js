'use strict'
// stream.pipeline(source, ...transforms, target[, callback]): pipes streams, generators and async functions into one
// another, destroys all of them when one fails, and calls back once.

const finished = require('internal/streams/finished')
const Readable = require('internal/streams/readable')
const { PassThrough } = require('internal/streams/transform')

const isStream = (value) => value !== null && typeof value === 'object' && typeof value.on === 'function'
const isIterable = (value) =>
  value !== null && value !== undefined && (typeof value[$Symbol.asyncIterator] === 'function' || typeof value[$Symbol.iterator] === 'function')

function pipeline(...stages) {
  const last = stages[stages.length - 1]
  const callback = typeof last === 'function' && stages.length > 1 ? stages.pop() : () => {}
  if (stages.length === 1 && $Array.isArray(stages[0])) stages = stages[0]
  return run(stages, callback)
}

function run(stages, callback) {
  if (stages.length < 2) throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "streams" argument must be specified')
  const streams = [], job = { streams, error: undefined, value: undefined, left: 1, callback }
  let current
  for (let i = 0; i < stages.length; i++) current = connect(job, current, stages[i], i === stages.length - 1)
  settle(job)
  return current
}

// Joins a stage to what comes before it; the answer is what the next stage reads from.
function connect(job, before, stage, isLast) {
  if (typeof stage === 'function') return connectFunction(job, before, stage, isLast)
  if (before === undefined) return watch(job, isStream(stage) ? stage : Readable.from(stage), false)
  if (!isStream(stage)) throw $Helpers.argumentTypeError('body', ['Stream', 'Function', 'Iterable'], stage)
  watch(job, stage, true)
  before.pipe(stage)
  return stage
}

function connectFunction(job, before, stage, isLast) {
  const result = before === undefined ? stage() : stage(before)
  if (isIterable(result)) return watch(job, Readable.from(result), false)
  if (typeof result?.then !== 'function') {
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_RETURN_VALUE', 'Expected AsyncIterable to be returned from the "transform" function')
  }
  const output = new PassThrough({ objectMode: true })
  job.left++
  result.then(
    (value) => {
      job.value = value
      if (value !== undefined && value !== null && !isLast) output.write(value)
      output.end()
      settle(job)
    },
    (error) => {
      output.destroy(error)
      settle(job, error)
    },
  )
  return output
}

function watch(job, stream, isTarget) {
  job.streams.push(stream)
  job.left++
  const reads = stream._readableState !== undefined && !isTarget
  finished(stream, reads ? { readable: true, writable: false } : { readable: false, writable: true }, (error) => settle(job, error))
  return stream
}

function settle(job, error) {
  job.left--
  if (error && (job.error === undefined || job.error.code === 'ERR_STREAM_PREMATURE_CLOSE')) {
    job.error = error
  }
  if (error) for (const stream of job.streams) if (!stream.destroyed) destroyQuietly(stream, error)
  if (job.left === 0) $nextTick(job.callback, job.error, job.value)
}

// The pipeline's own callback has the error; nobody else must listen for it.
function destroyQuietly(stream, error) {
  stream.on('error', () => {})
  stream.destroy(error)
}

module.exports = { pipeline, run }
