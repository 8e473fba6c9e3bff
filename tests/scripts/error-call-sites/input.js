// Error.prepareStackTrace, its call sites, stackTraceLimit, and what says that a class is no function.
const short = (file) => file && file.slice(file.lastIndexOf('/') + 1)
Error.prepareStackTrace = (error, sites) => sites
function named() { return new Error('y').stack }
class K {
  m() { return new Error('z').stack }
  static s() { return new Error('z').stack }
  get g() { return new Error('z').stack }
  constructor(wants) { if (wants) this.sites = new Error('c').stack }
}
const k = new K(), arrow = () => new Error('q').stack
for (const site of [named()[0], named()[1], k.m()[0], K.s()[0], k.g[0], new K(1).sites[0], [1].map(arrow)[0][0], [1].map(arrow)[0][1]]) {
  console.log(site.constructor.name, short(site.getFileName()), site.getLineNumber(), site.getColumnNumber(), site.getFunctionName(),
    site.getTypeName(), site.getMethodName(), site.isConstructor(), site.isToplevel(), site.isEval(), site.isAsync(),
    `${site}`.replace(/\(.*?([^/]*)\)$/, '($1)'))
}
const object = {}
Error.captureStackTrace(object, named)
console.log(Array.isArray(object.stack))

// The caller's place, as logging libraries find it.
function caller() {
  const before = Error.prepareStackTrace
  Error.prepareStackTrace = (_, stack) => stack
  const holder = {}
  Error.captureStackTrace(holder, caller)
  const [site] = holder.stack
  Error.prepareStackTrace = before
  return `${short(site.getFileName())}:${site.getLineNumber()}`
}
console.log(caller())

Error.prepareStackTrace = (error, sites) => `${error}! ${sites.length > 0} ${error.stack}`
const error = new TypeError('message')
console.log(error.stack.split('\n')[0], error.stack === error.stack)
Error.prepareStackTrace = undefined
console.log(new Error('plain').stack.split('\n')[0])

function deep(n) { return n === 0 ? new Error('deep').stack : deep(n - 1) }
for (const limit of [1, 3, 0, -1, 15]) {
  Error.stackTraceLimit = limit
  console.log(limit, deep(20).split('\n').length)
}
Error.stackTraceLimit = 'none'
console.log(new Error('none').stack)
Error.stackTraceLimit = 10

class A {}
class B extends A {}
for (const call of [() => A(), () => (class {})(), () => [1].map(B), () => A.call({}), () => Reflect.apply(B, undefined, [])]) {
  try { call() } catch (error) { console.log(error.message) }
}
