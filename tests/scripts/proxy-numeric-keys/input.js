const log = [];
const make = () => new Proxy({ n: [1] }, {
  get(t, k, r) { log.push(`get ${String(k)}`); return Reflect.get(t, k, r); },
  set(t, k, v, r) { log.push(`set ${k} ${v.x}`); return true; },
  has(t, k) { log.push(`has ${k}`); return false; },
  deleteProperty(t, k) { log.push(`delete ${k}`); return true; },
});
for (let i = 123456; i < 123460; i++) {
  const direct = make(), behind = Object.create(make());
  direct[i]; behind[i]; direct[i] = { x: i }; behind[i] = { x: i + 0.5 };
  i in direct; i in behind; delete direct[i];
  Reflect.get(direct, i); Reflect.get(behind, i, {}); Reflect.has(behind, i); Reflect.set(behind, i, { x: 'r' });
  Object.prototype.hasOwnProperty.call(direct, i);
}
console.log(log.join('\n'));
