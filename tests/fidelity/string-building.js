// Ropes that grow and are flattened, and many short strings that die at once.
const ROUNDS = 3000;
let total = 0;
const kept = [];
for (let i = 0; i < ROUNDS; i++) {
  let text = '';
  for (let j = 0; j < 200; j++) text += 'item ' + j + ' of round ' + i + '; ';
  total += text.length;
  if (text.indexOf('never') >= 0) total++;
  kept.push(text.slice(100, 160));
  if (kept.length > 500) kept.shift();
}
console.log(total, kept.length);
