// What a trap says must agree with properties that cannot change; of others it says what it likes.
const target = { free: 1 };
Object.defineProperty(target, 'fixed', { value: 2 });
Object.defineProperty(target, 'blind', { set: undefined, get: undefined });
const proxy = new Proxy(target, { get: () => 'trap', set: () => true });
console.log(proxy.free, proxy.none, (proxy.free = 5, target.free));
for (const key of ['fixed', 'blind']) {
  try { console.log(proxy[key]); } catch (error) { console.log(error.message); }
  try { proxy[key] = 9; console.log('written'); } catch (error) { console.log(error.message); }
}
const late = {};
const fixes = new Proxy(late, { get(object, key) { Object.defineProperty(object, key, { value: 1 }); return 2; } });
try { console.log(fixes.x); } catch (error) { console.log(error.message); }
for (const handler of [{ get: 1 }, { get: null }, { get: undefined }, { set: {} }]) {
  try { const p = new Proxy({ a: 1 }, handler); console.log(p.a); p.a = 2; console.log(p.a); } catch (error) { console.log(error.message); }
}
let asked = 0;
const counting = new Proxy({ a: 1 }, { get get() { asked++; return undefined; } });
console.log(counting.a, asked);
const { proxy: gone, revoke } = Proxy.revocable({}, {});
revoke();
try { gone.a; } catch (error) { console.log(error.message); }
try { gone.a = 1; } catch (error) { console.log(error.message); }
const nested = new Proxy(new Proxy({ a: 1 }, {}), { get: (object, key) => object[key] + 1 });
console.log(nested.a);
const object = { a: 1, get b() { return 2; }, c: 3 };
Object.defineProperty(object, 'c', { writable: false });
console.log(Reflect.set(object, 'a', 1.5), Reflect.set(object, 'b', 1), Reflect.set(object, 'c', 1), Reflect.set(object, 'd', 1), Reflect.set(object, 0, 1), object);
console.log(Reflect.set([], 'length', 3), Reflect.set(Object.freeze({ x: 1 }), 'x', 2), Reflect.set({ x: 1 }, 'x', 2, { x: 0 }));
