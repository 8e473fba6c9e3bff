// Objects as dictionaries of tens of thousands of names, which grow all the time.
const index = {};
const seen = {};
for (let i = 0; i < 60000; i++) {
  const word = 'w' + ((i * 7919) % 20011);
  index[word] = { word, count: (index[word]?.count ?? 0) + 1 };
  seen[word + '/' + (i % 3)] = i;
}
console.log(Object.keys(index).length, Object.keys(seen).length);
