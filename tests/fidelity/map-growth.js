// Maps from small integers and from strings that grow through all their capacities, several times.
const SIZE = 120000;
let sum = 0;
for (let round = 0; round < 4; round++) {
  const numbers = new Map();
  for (let i = 0; i < SIZE; i++) numbers.set(i * 7, { value: i });
  const names = new Map();
  for (let i = 0; i < SIZE / 4; i++) names.set('name' + i, i);
  for (const [key, { value }] of numbers) sum += key - value;
  sum += names.get('name77') + names.size;
}
console.log(sum);
