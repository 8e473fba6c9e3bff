// --trace-gc prints a line for each collection. This is how a healthy program looks.

let kept = [];

for (let round = 0; round < 40; round++) {
  const batch = [];
  for (let i = 0; i < 5000; i++) batch.push({ round, i, text: "row " + i });
  kept.push(batch.slice(0, 500)); // a tenth survives
  if (round % 20 === 19) kept = []; // and goes in the end
}

gc();
