// Parses a CSV text character by character, then groups its rows.
function parse(text) {
  const rows = []; let row = [], field = '', quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (quoted) {
      if (c === '"') { if (text[i + 1] === '"') { field += '"'; i++; } else quoted = false; } else field += c;
    } else if (c === '"') quoted = true;
    else if (c === ',') { row.push(field); field = ''; }
    else if (c === '\n') { row.push(field); rows.push(row); row = []; field = ''; }
    else field += c;
  }
  return rows;
}
let text = '';
for (let i = 0; i < 4000; i++) text += i + ',name' + (i % 50) + ',"a ""quoted"", text",' + (i * 3.5) + '\n';
let total = 0;
for (let round = 0; round < 6; round++) {
  const groups = {};
  for (const row of parse(text)) { const key = row[1]; (groups[key] || (groups[key] = [])).push(+row[3]); }
  for (const key of Object.keys(groups)) total += groups[key].reduce((a, b) => a + b, 0);
}
console.log(String(total));
