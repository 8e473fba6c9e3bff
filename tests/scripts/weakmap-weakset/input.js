const wm = new WeakMap(), k = {}, f = () => { }
console.log(wm.set(k, 1).set(f, 2) === wm, wm.get(k), wm.get({}), wm.has(f), wm.delete(f), wm.has(f))
for (const bad of [1, 'a', null, undefined, true]) try { wm.set(bad, 1) } catch (e) { console.log(e.name + ': ' + e.message) }
console.log(wm.get(1), wm.has('x'), wm.delete(5), new WeakMap([[k, 'init']]).get(k))
const ws = new WeakSet([k]); console.log(ws.has(k), ws.add(f).has(f), ws.delete(k), ws.has(k))
try { ws.add(1) } catch (e) { console.log(e.message) }
for (let i = 0; i < 1000; i++) wm.set({ i }, { i }); gc(); console.log(wm.get(k))
