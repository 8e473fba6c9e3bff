// Sorting: numbers with a comparator, records by two keys, strings, and a quicksort by hand.
let seed = 12345;
const random = () => (seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0);

function quicksort(a, low, high) {
  while (low < high) {
    const pivot = a[(low + high) >> 1];
    let i = low, j = high;
    while (i <= j) {
      while (a[i] < pivot) i++;
      while (a[j] > pivot) j--;
      if (i <= j) {
        const t = a[i];
        a[i++] = a[j];
        a[j--] = t;
      }
    }
    if (j - low < high - i) {
      quicksort(a, low, j);
      low = i;
    } else {
      quicksort(a, i, high);
      high = j;
    }
  }
}

let sum = 0;
for (let round = 0; round < 4; round++) {
  const numbers = Array.from({ length: 40000 }, () => random() % 100000);
  numbers.slice().sort((a, b) => a - b).forEach((n, i) => (sum = (sum + n * (i & 3)) % 1000003));
  const records = numbers.slice(0, 15000).map((n, i) => ({ group: n % 10, n, i }));
  records.sort((a, b) => a.group - b.group || b.n - a.n);
  sum = (sum + records[777].i) % 1000003;
  const words = numbers.slice(0, 15000).map((n) => "w" + n.toString(36));
  words.sort();
  sum = (sum + words[4321].length + words.indexOf("w" + numbers[5].toString(36))) % 1000003;
  for (let again = 0; again < 4; again++) {
    const copy = numbers.slice();
    quicksort(copy, 0, copy.length - 1);
    sum = (sum + copy[20000]) % 1000003;
  }
}
console.log("sum", sum);
