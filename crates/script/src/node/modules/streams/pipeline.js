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

// `left` is Node's count of what must be done: two for each pipe, its reader and its writer, and one for each function. An
// error counts twice, once from its stream and once from who waits for its end, so the job may end before every stream has closed.
function run(stages, callback) {
  if (stages.length < 2) throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "streams" argument must be specified')
  const streams = [], job = { streams, error: undefined, value: undefined, left: 0, callback }
  let current
  for (let i = 0; i < stages.length; i++) current = connect(job, current, stages[i], i === stages.length - 1)
  return current
}

// Joins a stage to what comes before it; the answer is what the next stage reads from.
function connect(job, before, stage, isLast) {
  if (typeof stage === 'function') return connectFunction(job, before, stage, isLast)
  if (before === undefined) return watch(job, isStream(stage) ? stage : Readable.from(stage))
  if (!isStream(stage)) throw $Helpers.argumentTypeError('body', ['Stream', 'Function', 'Iterable'], stage)
  watch(job, stage)
  join(job, before, stage)
  return stage
}

function join(job, source, target) {
  job.left += 2
  let ended = false
  target.on('close', () => {
    if (!ended) settle(job, $Helpers.nodeError('Error', 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'))
  })
  source.pipe(target, { end: false })
  const endTarget = () => {
    ended = true
    target.end()
  }
  if (source._readableState?.endEmitted) $nextTick(endTarget)
  else source.once('end', endTarget)
  finished(source, { readable: true, writable: false }, (error) => settle(job, error))
  finished(target, { readable: false, writable: true }, (error) => settle(job, error))
}

function connectFunction(job, before, stage, isLast) {
  const result = before === undefined ? stage() : stage(before)
  if (isIterable(result)) return connectIterable(job, result, isLast)
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
      $nextTick(settle, job)
    },
    (error) => {
      output.destroy(error)
      $nextTick(settle, job, error)
    },
  )
  return output
}

// What a generator makes; the last one is the reader's own affair, up to its end.
function connectIterable(job, iterable, isLast) {
  const source = watch(job, Readable.from(iterable))
  if (isLast) {
    job.left++
    finished(source, { readable: true, writable: false }, (error) => settle(job, error))
  }
  return source
}

function watch(job, stream) {
  job.streams.push(stream)
  // The pipeline's own callback has the error; nobody else must listen for it.
  stream.on('error', (error) => {
    if (error && error.name !== 'AbortError' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') settle(job, error)
  })
  return stream
}

function settle(job, error) {
  job.left--
  if (error && (job.error === undefined || job.error.code === 'ERR_STREAM_PREMATURE_CLOSE')) job.error = error
  if (job.error) for (const stream of job.streams) if (!stream.destroyed) stream.destroy(job.error)
  if (job.left === 0) $nextTick(job.callback, job.error, job.value)
}

module.exports = { pipeline, run }
