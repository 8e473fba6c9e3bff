// An array of 20 million zeros, filled by hand, then summed.
const size = 20 * 1000 * 1000;
const array = new Array(size);
for (let i = 0; i < size; i++) array[i] = 0;
let sum = 0;
for (let i = 0; i < size; i += 3) sum += array[i] + 1;
console.log("length", array.length, "sum", sum);
