const text = `It was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness`
const words = text.toLowerCase().match(/[a-z]+/g), freq = words.reduce((m, w) => m.set(w, (m.get(w) || 0) + 1), new Map())
console.log([...freq].sort(([a, n], [b, k]) => k - n || a.localeCompare(b)).slice(0, 6), words.length, freq.size)
const byLength = {}; for (const w of new Set(words)) (byLength[w.length] ||= []).push(w); console.log(byLength)
console.log(text.replace(/\b(\w)(\w*)/g, (_, a, b) => a.toUpperCase() + b), text.split(', ').map(s => s.length), [...text].filter(c => 'aeiou'.includes(c)).length)
console.log(words.map(w => [...w].reverse().join('')).join(' ').slice(0, 40), text.search(/worst/), text.lastIndexOf('age'), text.split(/(best|worst)/).length)
const caesar = (s, k) => s.replace(/[a-z]/gi, c => String.fromCharCode((c.charCodeAt() - (c < 'a' ? 65 : 97) + k + 26) % 26 + (c < 'a' ? 65 : 97))); console.log(caesar(text, 13).slice(0, 30), caesar(caesar(text, 5), -5) === text)
