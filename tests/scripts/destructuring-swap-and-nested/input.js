const arr = [5, 3, 8, 1];
for (let i = 0; i < arr.length; i++) for (let j = 0; j + 1 < arr.length; j++) if (arr[j] > arr[j + 1]) [arr[j], arr[j + 1]] = [arr[j + 1], arr[j]]
console.log(arr)
let a = 0, b = 1; for (let i = 0; i < 10; i++) [a, b] = [b, a + b]
console.log(a)
let r = ([x, y] = [1, 2, 3]); console.log(r, x, y)
