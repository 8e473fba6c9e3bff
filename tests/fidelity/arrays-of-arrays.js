// Matrices of small integers, rows grown by push; the last few are kept.
const ROUNDS = 300, SIZE = 100;
const kept = [];
let sum = 0;
for (let round = 0; round < ROUNDS; round++) {
  const rows = [];
  for (let y = 0; y < SIZE; y++) {
    const row = [];
    for (let x = 0; x < SIZE; x++) row.push((x * y + round) & 1023);
    rows.push(row);
  }
  for (const row of rows) sum += row[round % SIZE];
  kept.push(rows);
  if (kept.length > 40) kept.shift();
}
console.log(sum);
