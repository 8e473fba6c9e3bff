// Word counts in maps, sets and objects, the commonest of them sorted.
const words = []; let seed = 7; const rnd = () => (seed = (seed * 1103515245 + 12345) % 2147483648);
for (let i = 0; i < 20000; i++) { let w = ''; for (let k = rnd() % 5 + 1; k > 0; k--) w += String.fromCharCode(97 + rnd() % 6); words.push(w); }
let check = 0;
for (let r = 0; r < 8; r++) {
  const counts = new Map(), byLetter = new Map(), unique = new Set();
  for (const w of words) { counts.set(w, (counts.get(w) || 0) + 1); unique.add(w); const l = w[0]; if (!byLetter.has(l)) byLetter.set(l, []); byLetter.get(l).push(w); }
  const top = [...counts.entries()].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).slice(0, 10);
  check += top[0][1] + unique.size + byLetter.size; for (const [k, v] of byLetter) check += v.length;
  const o = {}; for (const w of words) o[w] = (o[w] || 0) + 1; check += Object.entries(o).filter(([k, v]) => v > 100).length;
}
console.log(String(check));
