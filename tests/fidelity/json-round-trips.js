// Messages that go through JSON and back, one by one.
const inbox = [];
let bytes = 0;
for (let i = 0; i < 40000; i++) {
  const message = { type: 'update', user: { id: i % 500, name: 'user' + (i % 500) }, values: [i, i / 2, i * 3], ok: i % 2 === 0 };
  const text = JSON.stringify(message);
  bytes += text.length;
  const back = JSON.parse(text);
  back.seen = true;
  inbox.push(back);
  if (inbox.length > 3000) inbox.shift();
}
console.log(bytes, inbox.length);
