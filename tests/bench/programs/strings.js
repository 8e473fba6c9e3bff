// String building: concatenation, pieces, replacement, joining, character by character.
function report(rows) {
  let text = "";
  for (let i = 0; i < rows; i++) {
    text += "row " + i + ": " + (i * 7919) % 1000 + (i % 3 === 0 ? " fizz" : "") + "\n";
  }
  return text;
}

let sum = 0;
for (let round = 0; round < 12; round++) {
  const text = report(8000);
  const lines = text.split("\n");
  sum += lines.length;
  const upper = lines.map((line) => line.toUpperCase().trim()).filter((line) => line.indexOf("FIZZ") >= 0);
  sum += upper.join("|").length;
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  sum = (sum + hash) | 0;
  const parts = [];
  for (const line of upper) parts.push(line.slice(4, 9).padStart(8, "."), line.substring(2));
  sum = (sum + parts.join("").length) | 0;
}
console.log("sum", sum);
