class M2 extends Map { get size() { return 'own ' + super.size; } }
const check = (o) => o.size;
for (let i = 0; i < 3; i++) console.log(check(new Map([[1, 2]])), check(new Set([1, 2])), check(new M2([[1, 2]])), check({ size: 9 }));
const len = (o) => o.length;
const rab = new ArrayBuffer(8, { maxByteLength: 16 }), view = new Uint8Array(rab);
for (let i = 0; i < 3; i++) console.log(len(view), len(new Float32Array(3)), len([1]), len('abcd'), len(Buffer.from('xy')));
rab.resize(12); console.log(len(view)); rab.resize(4); console.log(len(view));
const weird = Object.create(Uint8Array.prototype);
try { len(weird); } catch (e) { console.log(e.message); }
const dv = new DataView(new ArrayBuffer(8)); Object.setPrototypeOf(dv, Uint8Array.prototype);
for (let i = 0; i < 3; i++) try { console.log(len(dv)); } catch (e) { console.log(e.message); }
const s2 = new Set(); Object.setPrototypeOf(s2, Map.prototype);
for (let i = 0; i < 3; i++) try { console.log(check(s2)); } catch (e) { console.log(e.message); }
Object.defineProperty(Map.prototype, 'size', { get() { return 'patched'; }, configurable: true });
console.log(check(new Map()), check(new Set()));
const q = structuredClone; const u = new Uint8Array(4); q(u.buffer, { transfer: [u.buffer] }); console.log(len(u));
