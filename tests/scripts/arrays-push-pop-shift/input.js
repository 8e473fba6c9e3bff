const a = []
console.log(a.push(1), a.push(2, 3), a.pop(), a.shift(), a.unshift(8, 9), a, [].pop(), [].shift())
const q = []
for (let i = 0; i < 100; i++) q.push(i)
let s = 0
while (q.length) s = s * 31 + q.shift() | 0
console.log(s)
const st = []
for (let i = 0; i < 50; i++) { st.push(i); if (i % 3 === 0) st.pop() }
console.log(st.length, st[10], st.at(-1))
Array.prototype.push.call({ length: 0 }, 1)
const like = { length: 2 }
console.log(Array.prototype.push.call(like, 'x'), like)
