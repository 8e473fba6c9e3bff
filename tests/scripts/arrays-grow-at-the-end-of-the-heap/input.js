const list = Array.from({ length: 50000 }, (_, i) => i);
const kept = [];
for (let i = 0; i < 30; i++) kept.push(Array.from(list));
for (const value of [1, 1.5, 'text']) for (let i = 0; i < 2; i++) console.log([...new Array(1e6).fill(value)].length);
