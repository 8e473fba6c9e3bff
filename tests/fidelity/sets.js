// Sets and maps that are turned into lists again and again.
const kept = []; let sum = 0;
for (let i = 0; i < 20000; i++) {
  const set = new Set(); for (let j = 0; j < 10; j++) set.add((i + j * j) % 17);
  const list = [...set].map((x) => x * 2), map = new Map(list.map((x) => [x, { x }]));
  sum += Array.from(map.keys()).length + [...map.values()].length + Object.keys(Object.fromEntries(map)).length;
  if (i % 20 === 0) kept.push(map);
}
console.log(sum);
