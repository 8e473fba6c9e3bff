const words = 'the quick brown fox jumps over the lazy dog the end'.split(' '); const freq = {}
for (const w of words) freq[w] = (freq[w] || 0) + 1
console.log(freq, Object.entries(freq).sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1)).slice(0, 3))
const caesar = (s, n) => [...s].map(c => c >= 'a' && c <= 'z' ? String.fromCharCode((c.charCodeAt(0) - 97 + n + 26) % 26 + 97) : c).join('')
console.log(caesar(caesar('hello world', 3), -3), caesar('abc', 1))
let out = ''; for (let i = 1; i <= 15; i++) out += (i % 15 ? i % 5 ? i % 3 ? i : 'Fizz' : 'Buzz' : 'FizzBuzz') + ' '; console.log(out.trim())
