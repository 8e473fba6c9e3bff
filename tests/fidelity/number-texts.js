// Numbers to texts and back.
const kept = [];
let n = 0;
for (let i = 0; i < 150000; i++) {
  const x = i * 1.37;
  const rounded = x.toFixed(2);
  n += parseFloat(rounded) + parseInt('0x' + i.toString(16), 16) + Number(rounded);
  const row = '' + i + ',' + x + ';';
  n += row.length;
  if (i % 70 === 0) kept.push(row + rounded.padStart(12, '0'));
}
console.log(Math.round(n), kept.length, kept[9]);
