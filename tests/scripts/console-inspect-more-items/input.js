console.log(Array.from({ length: 105 }, (_, i) => 'abc'[i % 3]))
const o = { big: Array(101).fill(1) }; console.log(o)
console.log(Array(200).fill('some longer string here'))
