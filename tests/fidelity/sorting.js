// Many small sorts.
let sum = 0; const kept = [];
for (let i = 0; i < 30000; i++) {
  const list = []; for (let j = 0; j < 12; j++) list.push((i * 7919 + j * 104729) % 1000);
  list.sort((a, b) => a - b);
  sum += list[0] + list[11];
  if (i % 20 === 0) kept.push(list);
}
console.log(sum);
