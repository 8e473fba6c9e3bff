const a = [1, , 3]
console.log(a.length, 1 in a, a[1], a.forEach(x => console.log(x)), a.indexOf(undefined), a.map(x => 1), [...a], Object.keys(a))
delete a[0]; console.log(a)
Array.prototype[1] = 'proto'
console.log(a[1], [1, , 3][1], a.includes('proto'))
delete Array.prototype[1]
console.log(a[1])
