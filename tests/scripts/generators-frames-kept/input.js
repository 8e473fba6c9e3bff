function* wide(n) { const a = { n }, b = [n]; let c = yield a.n; { const d = {}, e = {}, f = {}; d.v = yield b[0] + 1; e.v = d.v; f.v = e; gc(); c += yield f.v.v } try { yield* [1, 2].map((x) => x + n) } finally { gc(); console.log('closing', n, c) } return a }
const g = wide(5); console.log(g.next().value, g.next(10).value, g.next(20).value); gc(); console.log(g.next(30).value, g.next().value, g.next(), g.next());
const h = wide(7); h.next(); h.next(1); h.next(2); h.next(3); console.log(h.return('early'), h.next());
const t = wide(9); t.next(); t.next(1); t.next(2); t.next(3); try { t.throw(new Error('in')) } catch (e) { console.log(e.message) } console.log(t.next());
function* tree(d) { if (d > 0) { yield* tree(d - 1); yield d; yield* tree(d - 1) } } console.log([...tree(4)].join(''), Math.max(...tree(3)));
const again = (function* () { try { again.next() } catch (e) { yield e.message } })(); console.log(again.next().value);
function* late() { for (let i = 0; i < 3; i++) yield () => i } console.log([...late()].map((f) => f()));
const proto = Object.getPrototypeOf(Object.getPrototypeOf(function* () { }())); const own = (function* () { yield 1 })(); own.next = () => ({ done: true }); console.log([...own]);
async function waits() { const list = []; for (let i = 0; i < 4; i++) { list.push(await i); gc() } return list } waits().then((l) => console.log(l));
async function* agen() { for (let i = 0; i < 3; i++) { const got = yield i; if (got) console.log('got', got) } } (async () => { for await (const x of agen()) console.log('a', x); const it = agen(); await it.next(); await it.next('sent'); console.log(await it.return('r'), await it.next()) })();
for (const x of (function* () { const next = Object.getPrototypeOf(function* () { }).prototype.next; yield 1; yield 2 })()) console.log(x);
