const a = new Array(10000000)
console.log(a.length, a[0], a[9999999])
a[9999999] = 1
console.log(a.indexOf(1), a.length)
