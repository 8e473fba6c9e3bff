'use strict'
// stream.pipeline(source, ...transforms, target[, callback]): pipes streams, generators and async functions into one
// another, destroys all of them when one fails, and calls back once.

const finished = require('internal/streams/finished')
const Readable = require('internal/streams/readable')
const { PassThrough } = require('internal/streams/transform')

const { abortError, checkSignal } = require('internal/streams/shared')
const { isStream, isReadable } = require('internal/streams/states')

const isIterable = (value) =>
  value !== null && value !== undefined && (typeof value[$Symbol.asyncIterator] === 'function' || typeof value[$Symbol.iterator] === 'function')

function pipeline(...stages) {
  const last = stages[stages.length - 1]
  if (typeof last !== 'function') throw $Helpers.argumentTypeError('streams[stream.length - 1]', ['function'], last)
  const callback = stages.pop()
  return run(stages, callback)
}

// `left` is Node's count of what must be done: two for each pipe, its reader and its writer, and one for each function. An
// error counts twice, once from its stream and once from who waits for its end, so the job may end before every stream has closed.
function run(stages, callback, options) {
  if (stages.length === 1 && $Array.isArray(stages[0])) stages = stages[0]
  if (stages.length < 2) throw $Helpers.nodeError('TypeError', 'ERR_MISSING_ARGS', 'The "streams" argument must be specified')
  checkSignal(options?.signal, 'options.signal')
  const job = { streams: [], error: undefined, value: undefined, left: 0, callback, forget: [], options }
  let current
  for (let i = 0; i < stages.length; i++) current = connect(job, current, stages[i], i === stages.length - 1)
  if (options?.signal) withSignal(job, options.signal)
  return current
}

// Joins a stage to what comes before it; the answer is what the next stage reads from.
function connect(job, before, stage, isLast) {
  if (typeof stage === 'function') return connectFunction(job, before, stage, isLast)
  if (before === undefined) return watch(job, isStream(stage) ? stage : Readable.from(stage), isLast)
  if (!isStream(stage)) throw $Helpers.argumentTypeError('body', ['Stream', 'Function', 'Iterable'], stage)
  watch(job, stage, isLast)
  const forget = join(job, before, stage, !isLast || job.options?.end !== false)
  if (isLast && isReadable(stage)) job.forget.push(forget)
  return stage
}

function join(job, source, target, ends) {
  job.left += 2
  let ended = false
  // A console's stream stays open.
  if (target === $process.stdout || target === $process.stderr) {
    job.left--
    source.pipe(target)
    return finished(source, { readable: true, writable: false }, (error) => settle(job, error))
  }
  target.on('close', () => {
    if (!ended) settle(job, $Helpers.nodeError('Error', 'ERR_STREAM_PREMATURE_CLOSE', 'Premature close'))
  })
  source.pipe(target, { end: false })
  const endTarget = () => {
    ended = true
    target.end()
  }
  if (!ends) {
    ended = true
    settle(job)
  } else if (source._readableState?.endEmitted) {
    $nextTick(endTarget)
  } else {
    source.once('end', endTarget)
  }
  finished(source, { readable: true, writable: false }, (error) => {
    const r = source._readableState
    // What has come before the source was closed is still to be read.
    if (error?.code === 'ERR_STREAM_PREMATURE_CLOSE' && r?.ended && !r.errored && !r.errorEmitted) {
      source.once('end', () => settle(job)).once('error', (failure) => settle(job, failure))
    } else {
      settle(job, error)
    }
  })
  return finished(target, { readable: false, writable: true }, (error) => settle(job, error))
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

// What a generator makes. The last one runs although nobody reads.
function connectIterable(job, iterable, isLast) {
  if (!isLast) return watch(job, Readable.from(iterable))
  const output = new PassThrough({ objectMode: true })
  job.streams.push(output)
  job.left++
  pump(job, iterable, output)
  return output
}

async function pump(job, iterable, output) {
  let failure, wake = () => {}
  const goOn = (error) => {
    failure ??= error
    wake()
  }
  const turn = () => new $Promise((resolve, reject) => {
    wake = () => (failure ? reject(failure) : resolve())
    if (failure) wake()
  })
  output.on('drain', goOn)
  const forget = finished(output, { readable: false }, goOn)
  try {
    for await (const chunk of iterable) if (!output.write(chunk)) await turn()
    if (job.options?.end !== false) {
      output.end()
      await turn()
    }
    settle(job)
  } catch (error) {
    settle(job, error)
  } finally {
    forget()
    output.off('drain', goOn)
  }
}

function watch(job, stream, isLast) {
  job.streams.push(stream)
  // The pipeline's own callback has the error; nobody else must listen for it.
  const onError = (error) => {
    if (error && error.name !== 'AbortError' && error.code !== 'ERR_STREAM_PREMATURE_CLOSE') settle(job, error)
  }
  stream.on('error', onError)
  // The last one may be read on by others, when the pipeline is done.
  if (isLast && isReadable(stream)) job.forget.push(() => stream.removeListener('error', onError))
  return stream
}

function withSignal(job, signal) {
  const abort = () => fail(job, abortError(signal))
  if (signal.aborted) abort()
  else signal.addEventListener('abort', abort, { once: true })
  const { callback } = job
  job.callback = (error, value) => {
    signal.removeEventListener('abort', abort)
    callback(error, value)
  }
}

function fail(job, error) {
  if (error && (job.error === undefined || job.error.code === 'ERR_STREAM_PREMATURE_CLOSE')) job.error = error
  if (job.error) for (const stream of job.streams) if (!stream.destroyed) stream.destroy(job.error)
}

function settle(job, error) {
  job.left--
  fail(job, error)
  if (job.left !== 0) return
  if (!job.error) for (const forget of job.forget) forget()
  $nextTick(job.callback, job.error, job.value)
}

module.exports = { pipeline, run }
