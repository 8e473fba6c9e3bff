// Half a million numbers in one array: four megabytes.
// No page of new space is that long.

const big = new Array(500000).fill(0);
const small = [1, 2, 3];

for (let i = 0; i < 40000; i++) ({ i });
console.log(big.length, small.length);
