function f() { return new Error('here').stack }
const lines = f().split('\n')
console.log(lines[0], lines[1].startsWith('    at f '), lines.length > 1)
class MyError extends TypeError { }
console.log(new MyError('q').stack.split('\n')[0], new MyError('q').name)
const o = {}; Error.captureStackTrace(o); console.log(typeof o.stack)
