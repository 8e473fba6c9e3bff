// What a function had in its variables when it was called before is not alive when it is called again.
const size = (bytes) => (bytes > 30000 ? 'large' : Math.abs(bytes) < 6000 ? 'small' : bytes);
const inTurn = (measure) => {
  const first = measure(1000);
  const second = measure(10);
  const third = measure(1000);
  return [first, second, third].map(size).join();
};
const patterns = (n) => {
  // Twice: the first one may only end a marking that began before.
  gc();
  gc();
  const before = process.memoryUsage().heapUsed;
  const { list, more: [first] } = ((all) => ({ list: all, more: all.slice(0, 1) }))(Array.from({ length: n }, (_, i) => ({ i })));
  gc();
  return process.memoryUsage().heapUsed - before + list.length + (first ? 1 : 0);
};
inTurn(patterns);
console.log(inTurn(patterns));
// Declared late, looked at early, in loops and in cases.
function late(n) {
  const texts = [];
  for (let i = 0; i < n; i++) {
    const a = i;
    let b;
    if (i % 2) b = a; else { const c = a * 2; let d = c; texts.push(d); }
    texts.push(b);
  }
  switch (n) {
    case 1: const one = 1; texts.push(one);
    case 2: try { texts.push(one); } catch (error) { texts.push(error.message); }
  }
  try { texts.push(after); } catch (error) { texts.push(error.message); }
  const after = 'after', { x, y = x } = { x: n }, [z = y] = [];
  let closure = () => after + x + y + z;
  texts.push(closure(), typeof late, x + y + z);
  return texts.join(' ');
}
console.log(late(1), late(2), late(4));
function* stepped() {
  const a = yield 1;
  const b = yield a + 1;
  let c = b;
  for (const d of [1, 2]) { const e = yield c + d; c += e; }
  return c;
}
const steps = stepped();
console.log(steps.next().value, steps.next(10).value, steps.next(20).value, steps.next(1).value, steps.next(2).value);
