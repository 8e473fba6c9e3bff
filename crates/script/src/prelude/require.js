'use strict'
// require(): the built-in modules, and files at or below the script's folder (Node: lib/internal/modules/cjs/loader.js).
//   $builtinCode(name)     a built-in module as a function of the module wrapper's variables; undefined: no such module
//   $fileText(path)        the text of a file, or undefined; the path is relative to the script's folder, without `..`
//   $fileCode(path)        the file as a function of the module wrapper's variables
//   $folder()              the script's folder, as `__dirname` names it

const builtins = new $Map()
const LATER = ['https']
const files = $Object.create(null)

// The exports of a built-in module; it runs when it is asked for first.
function builtin(name) {
  'eager'
  const known = builtins.get(name)
  if (known !== undefined) return known.exports
  const module = { exports: {} }
  builtins.set(name, module)
  $call($builtinCode(name), module.exports, module.exports, builtin, module, name, '')
  return module.exports
}

$install($Helpers, {
  $builtin: builtin,
  prepareStack: (error) => builtin('internal/call_site').prepareStack(error),
})

function failure(message, code, more) {
  const error = new $Error(message)
  error.code = code
  return $Object.assign(error, more)
}

class Module {
  constructor(id, filename) {
    this.id = id
    this.path = $slice(filename, 0, $Math.max(filename.lastIndexOf('/'), 1))
    this.exports = {}
    this.filename = filename
    this.loaded = false
    this.children = []
    this.paths = modulePaths(this.path)
    this[$Symbol('kIsMainSymbol')] = id === '.'
    this[$Symbol('kIsCachedByESMLoader')] = false
    this[$Symbol('kIsExecuting')] = true
  }
  require(id) {
    return requireFrom(this, id)
  }
  // The module that has loaded it first; none of the script itself.
  get parent() {
    return parents.get(this) ?? null
  }
  set parent(value) {
    parents.set(this, value)
  }
}

// Where Node would look for packages: node_modules of each folder upwards.
function modulePaths(folder) {
  'eager'
  const paths = []
  for (let at = folder; at !== '' && at !== '/'; at = $slice(at, 0, at.lastIndexOf('/'))) {
    if (!at.endsWith('/node_modules')) paths.push(`${at}/node_modules`)
  }
  paths.push('/node_modules')
  return paths
}

function stackOf(module) {
  const stack = [module.filename]
  for (let parent = parents.get(module); parent !== undefined; parent = parents.get(parent)) stack.push(parent.filename)
  return stack
}

const parents = new $WeakMap()

function notFound(id, module) {
  const requireStack = stackOf(module)
  return failure(`Cannot find module '${id}'\nRequire stack:\n${requireStack.map((file) => `- ${file}`).join('\n')}`, 'MODULE_NOT_FOUND', { requireStack })
}

// The path of a request below the script's folder.
function located(id, module) {
  const folder = $folder(), prefix = folder === '/' ? '/' : `${folder}/`
  const path = id[0] === '/' ? id : `${module.path}/${id}`
  const parts = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part === '..') parts.pop()
    else parts.push(part)
  }
  const whole = `/${parts.join('/')}`
  if (whole === folder) return ''
  if (!whole.startsWith(prefix)) {
    throw failure(`Cannot load '${id}': it lies outside of the script's folder, ${folder}`, 'ERR_ACCESS_DENIED')
  }
  return $slice(whole, prefix.length)
}

function resolveFile(id, module) {
  const path = located(id, module), asFolder = path === '' ? '' : `${path}/`
  const candidates = id.endsWith('/') ? [] : [path, `${path}.js`, `${path}.json`, `${path}.cjs`]
  candidates.push(`${asFolder}index.js`, `${asFolder}index.json`)
  for (const candidate of candidates) if (candidate !== '' && $fileText(candidate) !== undefined) return candidate
  throw notFound(id, module)
}

const isFile = (id) => id[0] === '/' || id === '.' || id === '..' || id.startsWith('./') || id.startsWith('../')

function requireFrom(module, id) {
  if (typeof id !== 'string') {
    const error = new $TypeError(`The "id" argument must be of type string. Received ${$received(id)}`)
    error.code = 'ERR_INVALID_ARG_TYPE'
    throw error
  }
  if (id === '') {
    const error = new $TypeError('The argument \'id\' must be a non-empty string. Received \'\'')
    error.code = 'ERR_INVALID_ARG_VALUE'
    throw error
  }
  if (isFile(id)) return load(resolveFile(id, module), module)
  const name = id.startsWith('node:') ? $slice(id, 5) : id
  if (LATER.includes(name)) throw failure(`The module '${name}' is not there yet`, 'ERR_MODULE_NOT_SUPPORTED')
  if (name === 'process') return $process
  if (name === 'console') return $console
  if (name === 'module') return Module
  if ($builtinCode(name, true)) return builtin(name)
  if (id.startsWith('node:')) throw failure(`No such built-in module: ${id}`, 'ERR_UNKNOWN_BUILTIN_MODULE')
  throw notFound(id, module)
}

function load(path, parent) {
  const folder = $folder(), filename = folder === '/' ? `/${path}` : `${folder}/${path}`
  const known = files[filename]
  if (known !== undefined) {
    if (!parent.children.includes(known)) parent.children.push(known)
    return known.exports
  }
  const module = new Module(filename, filename)
  parents.set(module, parent)
  parent.children.push(module)
  files[filename] = module
  let done = false
  try {
    if (path.endsWith('.json')) {
      try {
        module.exports = $JSON.parse($fileText(path))
      } catch (error) {
        error.message = `${filename}: ${error.message}`
        throw error
      }
    } else {
      $call($fileCode(path), module.exports, module.exports, requireOf(module), module, filename, module.path)
    }
    done = true
  } finally {
    if (!done) delete files[filename]
  }
  module.loaded = true
  return module.exports
}

let main

function requireOf(module) {
  'eager'
  const require = function require(id) {
    return requireFrom(module, id)
  }
  require.resolve = function resolve(id) {
    if (typeof id !== 'string') throw $Helpers.argumentTypeError('request', ['string'], id)
    if (!isFile(id)) {
      if ($builtinCode(id.startsWith('node:') ? $slice(id, 5) : id, true)) return id
      throw notFound(id, module)
    }
    return `${$folder()}/${resolveFile(id, module)}`
  }
  require.main = main
  require.extensions = $Object.create(null)
  require.cache = files
  return require
}

Module._cache = files
Module.Module = Module
Module.builtinModules = [
  'assert', 'assert/strict', 'async_hooks', 'buffer', 'console', 'crypto', 'events', 'fs', 'fs/promises', 'http', 'module', 'net',
  'os', 'path', 'path/posix', 'path/win32', 'perf_hooks', 'process', 'querystring', 'stream', 'stream/promises', 'string_decoder', 'sys',
  'timers', 'timers/promises', 'url', 'util', 'util/types', 'v8', 'worker_threads',
]
$install(Module, {
  isBuiltin(id) {
    return Module.builtinModules.includes(`${id}`.startsWith('node:') ? $slice(id, 5) : id)
  },
  createRequire(filename) {
    const path = `${filename?.protocol === 'file:' ? filename.pathname : filename}`
    if (path[0] === '/') return requireOf(new Module(path, path))
    throw $Helpers.nodeError('TypeError', 'ERR_INVALID_ARG_VALUE',
      `The argument 'filename' must be a file URL object, file URL string, or absolute path string. Received ${$inspect(filename)}`)
  },
  wrap: (script) => `(function (exports, require, module, __filename, __dirname) { ${script}\n});`,
  _nodeModulePaths: modulePaths,
})

$install($Helpers, {
  // `this` and the arguments of the function that the script itself is.
  prepareMain(filename) {
    'eager'
    const module = new Module('.', filename)
    main = files[filename] = module
    $nextTick(() => {
      module.loaded = true
      $Helpers.scriptEnded()
    })
    return [module.exports, module.exports, requireOf(module), module, filename, module.path]
  },
})
