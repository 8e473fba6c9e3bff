// Buffers and typed arrays of many sizes, a window of which is kept.
const kept = [];
let sum = 0;
for (let i = 0; i < 120000; i++) {
  const small = new Uint8Array(16);
  small[i % 16] = i;
  const floats = new Float64Array(8 + (i % 8));
  floats[3] = i / 2;
  const view = small.subarray(2, 10);
  sum += view.length + floats[3];
  if (i % 4 === 0) {
    kept.push({ small, floats, at: i });
    if (kept.length > 4000) kept.splice(0, 2000);
  }
  if (i % 16 === 0) sum += Buffer.from('message ' + i).length;
}
console.log(sum, kept.length);
