// Objects to lists of entries, to Maps, and back.
const kept = [];
let n = 0;
for (let i = 0; i < 40000; i++) {
  const record = { a: i, b: i + 1, c: 'x' + i };
  for (const [key, value] of Object.entries(record)) n += key.length + (typeof value === 'number' ? value : 1);
  const renamed = Object.fromEntries(Object.entries(record).map(([key, value]) => [key + '_', value]));
  const map = new Map(Object.entries(renamed));
  for (const [key] of map.entries()) n += key.length;
  const values = Array.from(map.values());
  const multiples = Array.from({ length: 5 }, (_, j) => j * i);
  for (const [j, value] of multiples.entries()) n += j + value;
  if (i % 50 === 0) kept.push(renamed, values);
}
console.log(n, kept.length);
