// Typed arrays: a product of matrices, an image filter, a sieve, sums over views of one buffer.
function multiply(a, b, c, n) {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let sum = 0;
      for (let k = 0; k < n; k++) sum += a[i * n + k] * b[k * n + j];
      c[i * n + j] = sum;
    }
  }
}

function blur(source, target, width, height) {
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      let sum = 0;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) sum += source[(y + dy) * width + x + dx];
      }
      target[y * width + x] = (sum / 9) | 0;
    }
  }
}

function sieve(flags) {
  flags.fill(1);
  let count = 0;
  for (let i = 2; i < flags.length; i++) {
    if (flags[i] === 0) continue;
    count++;
    for (let j = i + i; j < flags.length; j += i) flags[j] = 0;
  }
  return count;
}

function checksum(view) {
  let sum = 0;
  for (let i = 0; i < view.length; i++) sum = (sum + view[i] * (i & 7)) | 0;
  return sum;
}

const n = 90;
const a = new Float64Array(n * n).map((_, i) => (i % 7) + 0.5);
const b = new Float64Array(n * n).map((_, i) => (i % 5) - 1);
const c = new Float64Array(n * n);
multiply(a, b, c, n);
const image = Uint8Array.from({ length: 320 * 200 }, (_, i) => (i * 31) & 255);
const blurred = new Uint8Array(image.length);
for (let i = 0; i < 3; i++) blur(i & 1 ? blurred : image, i & 1 ? image : blurred, 320, 200);
const primes = sieve(new Uint8Array(400000));
const words = new Int32Array(blurred.buffer);
let sum = 0;
for (let i = 0; i < 8; i++) sum = (sum + checksum(words) + checksum(blurred)) | 0;
const view = new DataView(image.buffer);
for (let i = 0; i + 4 <= image.length; i += 4) sum = (sum ^ view.getUint32(i, true)) | 0;
console.log(c.reduce((x, y) => x + y, 0), primes, sum);
