// Lines that an error shares with its cause are printed once. (The stacks are made by hand: they would name files.)
const frames = (...names) => names.map((name) => `\n    at ${name} (/app/main.js:1:1)`).join('')
function make(shared, own = ['a'], others = ['x', 'y']) {
  const cause = new TypeError('inner'), error = new Error('outer', { cause })
  cause.stack = 'TypeError: inner' + frames(...others, ...shared)
  error.stack = 'Error: outer' + frames(...own, ...shared)
  return error
}
console.log(make(['b', 'c', 'd', 'e', 'f', 'g']))
console.log(make(['b', 'c', 'd', 'e']))
console.log(make(['b', 'c', 'd']))
console.log({ error: make(['b', 'c', 'd', 'e', 'f'], []) })
const e = make(['b', 'c', 'd', 'e']); e.cause = { stack: e.stack }; console.log(e)
