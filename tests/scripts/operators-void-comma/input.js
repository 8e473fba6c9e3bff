console.log(void 0, (1, 2, 3), void 'x')
let x = (1, 2)
for (var i = 0, j = 10; i < j; i++, j--);
console.log(x, i, j)
