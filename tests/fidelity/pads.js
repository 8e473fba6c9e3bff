// Lines of text put together from padded columns.
const lines = []; let total = 0;
for (let i = 0; i < 80000; i++) {
  const line = String(i).padStart(8) + '|' + 'item'.padEnd(12, '.') + '|' + (i * 3).toString(16).padStart(6, '0') + '-'.repeat(i % 40);
  total += line.length;
  if (i % 8 === 0) lines.push(line);
}
console.log(total, lines.length);
