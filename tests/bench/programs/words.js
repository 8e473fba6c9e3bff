// Text: split, join, replace, case, comparison; counting words in maps; templates; a small template engine.
const source = "The quick brown fox jumps over the lazy dog while seven wizards quietly box five dozen liquor jugs, and then rest.";
function capitalise(word) { return word.charAt(0).toUpperCase() + word.slice(1).toLowerCase(); }
function isPalindrome(text) {
  const plain = text.toLowerCase().replace(/[^a-z]/g, "");
  return plain === plain.split("").reverse().join("");
}
function caesar(text, shift) {
  let out = "";
  for (const c of text) {
    const code = c.charCodeAt(0);
    if (code >= 97 && code <= 122) out += String.fromCharCode((code - 97 + shift) % 26 + 97);
    else out += c;
  }
  return out;
}
function render(template, values) {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name) => values[name] ?? "");
}
function distance(a, b) {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      row[j] = a[i - 1] === b[j - 1] ? previous[j - 1] : 1 + Math.min(previous[j - 1], previous[j], row[j - 1]);
    }
    previous = row;
  }
  return previous[b.length];
}
const counts = {};
let sum = 0;
for (let round = 0; round < 3000; round++) {
  const words = source.split(" ");
  for (const word of words) {
    const key = word.toLowerCase().replace(",", "").replace(".", "");
    counts[key] = (counts[key] || 0) + 1;
  }
  sum += words.map(capitalise).join("-").length;
  sum += render("Dear {{name}}, you are {{age}} years old. {{missing}}", { name: "Ada" + round, age: round % 90 }).length;
  if (round % 10 === 0) sum += caesar(source, round % 26).indexOf("q");
  if (round % 20 === 0) sum += distance(source.slice(0, 40), source.slice(20, 60));
  if (isPalindrome("A man, a plan, a canal: Panama")) sum++;
  sum += `${round}:${words.length}:${source.includes("wizards")}`.length;
}
const sorted = Object.entries(counts).sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
console.log(sum, sorted.slice(0, 3).join(";"));
