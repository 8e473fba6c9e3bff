// Old sloppy code: the variable of a for-in loop has a value of its own first.
for (var i = 5 in {}) ;
console.log(i);
for (var k = 'none' in { a: 1, b: 2 }) console.log(k);
console.log(k);
let calls = 0;
for (var n = ++calls in [7, 8]) ;
console.log(n, calls);
