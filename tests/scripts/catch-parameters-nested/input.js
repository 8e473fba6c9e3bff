// A catch parameter inside of another one of the same name, which `var` declares again.
try { throw 1 } catch (x) {
  try { throw 2 } catch (x) { var x = 3; console.log(x) }
  console.log(x);
}
console.log(x);
function f() {
  const seen = [];
  try { throw 'outer' } catch (e) {
    try { throw 'inner' } catch (e) { var e = 'set'; seen.push(() => e); }
    seen.push(() => e);
  }
  seen.push(() => e);
  return seen.map((read) => read());
}
console.log(f());
