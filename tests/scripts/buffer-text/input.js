const texts = ['', 'a', 'hello', 'héllo wörld', '€uro', '😀 smile', '\ud800lone', 'aGVsbG8', '68656c6c6f', 'zz68', 'YQ==', 'a-_b', '\u0000\u00ff']
for (const enc of ['utf8', 'utf-8', 'UCS2', 'utf16le', 'latin1', 'binary', 'ascii', 'base64', 'base64url', 'hex']) {
  console.log(enc, texts.map(t => Buffer.from(t, enc).toString('hex')).join(' '), texts.map(t => Buffer.byteLength(t, enc)).join())
}
const b = Buffer.from([0, 1, 127, 128, 200, 255, 0xe2, 0x82, 0xac, 0xe2, 0x82, 0x41, 0xf0, 0x9f, 0x98, 0x80])
for (const enc of ['utf8', 'utf16le', 'latin1', 'ascii', 'base64', 'base64url', 'hex']) console.log(enc, JSON.stringify(b.toString(enc)), JSON.stringify(b.toString(enc, 2, 5)))
const w = Buffer.alloc(8); console.log(w.write('abc'), w.write('é€', 3), w, w.write('zz', 7), w.write('68656c', 1, 'hex'), w.write('abcdef', 0, 2), w.write('é', 7), w.write('x', 6, 1, 'latin1'), w)
console.log(w.toString('utf8', -3, 2), w.toString('utf8', 3), w.toString('latin1', 1, 1), w.toString('utf8', 100), w.toString(undefined, 0, 2), w.toLocaleString === w.toString)
for (const f of [() => w.toString('nope'), () => w.write(5), () => w.write('a', 9), () => w.write('a', 0, 9), () => w.write('a', 0, 1, 'nope'), () => w.write('a', 1.5)]) try { console.log(f()) } catch (e) { console.log(e.name, e.code, e.message) }
