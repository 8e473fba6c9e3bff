// Small records with literal arrays, as test data is written.
const kept = [];
for (let i = 0; i < 200000; i++) {
  const record = { id: i, tags: ['a', 'b', 'c'], point: [1, 2, 3], extra: null };
  if (i % 10 === 0) kept.push(record);
  if (i % 50 === 0) record.tags.push('d');
}
let sum = 0;
for (const record of kept) sum += record.tags.length + record.point[1];
console.log(sum);
