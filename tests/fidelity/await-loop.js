// Awaiting in a loop, with some results kept.
const kept = [];
async function step(i) { return { i, text: 'step ' + i }; }
async function main() {
  let sum = 0;
  for (let i = 0; i < 60000; i++) { const r = await step(i); sum += r.i; if (i % 12 === 0) kept.push(r); }
  console.log(sum, kept.length);
}
main();
