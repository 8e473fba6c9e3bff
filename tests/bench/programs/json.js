// JSON there and back.
function record(i) {
  return {
    id: i, name: "user " + i, active: i % 2 === 0, balance: i * 1.25, tags: ["a" + (i % 7), "b\n" + (i % 11), "ü"],
    address: { street: "Main " + i, zip: String(10000 + (i % 90000)), geo: [i / 7, -i / 3] }, notes: null,
  };
}
const list = [];
for (let i = 0; i < 6000; i++) list.push(record(i));
let length = 0, sum = 0;
for (let round = 0; round < 8; round++) {
  const text = JSON.stringify(list);
  length += text.length;
  const back = JSON.parse(text);
  for (const item of back) sum += item.address.geo[0] + item.balance + item.tags.length;
  length += JSON.stringify(back, null, 2).length;
}
console.log("length", length, "sum", Math.round(sum));
