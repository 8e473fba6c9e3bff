// Words counted in objects used as dictionaries and in Maps.
const ROUNDS = 150;
const kept = [];
let total = 0;
for (let round = 0; round < ROUNDS; round++) {
  const counts = {};
  const seen = new Map();
  for (let i = 0; i < 2000; i++) {
    const word = 'w' + ((i * 7919 + round * 31) % 700);
    counts[word] = (counts[word] || 0) + 1;
    const key = word + ':' + (i % 5);
    seen.set(key, { word, at: i });
  }
  total += Object.keys(counts).length + seen.size;
  kept.push({ counts, seen });
  if (kept.length > 20) kept.shift();
}
console.log(total, kept.length);
