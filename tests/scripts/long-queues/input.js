// Queues of more than a hundred elements, taken from the front: objects and doubles.
const queue = [];
for (let i = 0; i < 400; i++) queue.push({ i });
let sum = 0;
for (let i = 0; i < 3000; i++) {
  queue.push({ i });
  sum += queue.shift().i;
  if (i % 500 === 0) sum += queue.length;
}
console.log(sum, queue.length, queue[0].i, queue[queue.length - 1].i);

const doubles = [];
for (let i = 0; i < 300; i++) doubles.push(i + 0.5);
for (let i = 0; i < 900; i++) {
  doubles.push(i + 0.25);
  sum += doubles.shift();
}
console.log(sum, doubles.length, doubles[0], doubles[299]);
while (doubles.length > 0) sum += doubles.shift();
console.log(sum, doubles.length);

// Parts of constant texts, and arrays of one place that turn out differently, are each an array of its own.
for (let i = 0; i < 3; i++) {
  const words = 'the quick brown fox'.split(' ');
  words[i] = i;
  words.push(i / 2);
  const list = new Array(3);
  list[0] = i === 1 ? 'x' : i * 0.5;
  const more = [];
  more.push(i, i / 2, i === 2 ? {} : -0);
  console.log(words, list, more, [i, 0.5].concat(words, 7, [1.5]), words.concat());
}
