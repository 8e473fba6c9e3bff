// Objects as maps: computed names, copied by spread, listed in every way, written as text.
const kept = [];
let sum = 0;
for (let round = 0; round < 1500; round++) {
  const counts = {};
  for (let i = 0; i < 60; i++) counts['key' + ((i * 7 + round) % 90)] = { i, round };
  const next = { ...counts, last: round };
  for (const key of Object.keys(next)) sum += key.length;
  for (const [key, value] of Object.entries(counts)) sum += key.length + value.i;
  for (const value of Object.values(counts)) sum += value.i;
  for (const key in counts) if (counts[key].i % 2) sum++;
  sum += JSON.stringify(counts).length + Object.getOwnPropertyNames(counts).length;
  kept.push(next);
}
console.log(sum, kept.length);
