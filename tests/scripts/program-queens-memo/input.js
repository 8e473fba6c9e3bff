const queens = (n, r = 0, c = 0, d = 0, e = 0) => { if (r === n) return 1; let k = 0; for (let i = 0; i < n; i++) { const b = 1 << i, x = 1 << (r + i), y = 1 << (r - i + n); if (!(c & b || d & x || e & y)) k += queens(n, r + 1, c | b, d | x, e | y) } return k }
console.log(queens(6), queens(5))
const memo = f => { const c = new Map; return n => c.has(n) ? c.get(n) : (c.set(n, f(n)), c.get(n)) }; const fib = memo(n => n < 2 ? n : fib(n - 1) + fib(n - 2)); console.log(fib(80))
const perms = a => a.length < 2 ? [a] : a.flatMap((x, i) => perms([...a.slice(0, i), ...a.slice(i + 1)]).map(p => [x, ...p])); console.log(perms([1, 2, 3]).map(p => p.join('')).join())
