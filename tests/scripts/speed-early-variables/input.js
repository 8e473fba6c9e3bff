// Variables before their declarations, in methods, initialisers and closures; assignments in between.
class K {
  method(flag) {
    const value = flag ? 1 : 2;
    let sum = value;
    for (let i = 0; i < 3; i++) { const twice = i * 2; sum += twice; }
    return sum;
  }
  early() { const f = () => later; try { f(); } catch (error) { return error.message; } let later = 1; return f() + later; }
  inside() { try { const x = x + 1; return x; } catch (error) { return error.message; } }
  loop() { const seen = []; for (let i = 0; i < 2; i++) { try { seen.push(late); } catch (error) { seen.push(error.name); } let late = i; seen.push(late); } return seen.join(); }
  branch(n) { switch (n) { case 0: let a = 1; return a; default: try { a; } catch (error) { return error.message; } } }
}
const k = new K();
console.log(k.method(true), k.method(false), k.early(), k.inside(), k.loop(), k.branch(0), k.branch(1));
const make = () => { const inner = (() => { const deep = 3; return deep + 1; })(); return inner; };
console.log(make());
const outer = () => { const all = [typeof hoisted, hoisted?.()]; function hoisted() { return "yes"; } return all.join(); };
console.log(outer());
for (const bad of [() => self(), () => { counter++; let counter = 0; }, () => { counter += 1; let counter = 0; }, () => { (() => { counter = 1; })(); let counter; }]) {
  try { bad(); } catch (error) { console.log(error.name, error.message); }
}
const self = 1;
let n = 1;
const bump = () => ++n, add = (x) => (n += x), both = () => { n ||= 5; n &&= n + 1; return n; };
console.log(bump(), add(4), both(), n);
try { (() => { self++; })(); } catch (error) { console.log(error.message); }
try { (() => { class Q { static f() { Q = 1; } } Q.f(); })(); } catch (error) { console.log(error.message); }
let i = 1;
console.log(i + (i = 5), i++ + i, (i += 2) + (i += 3), [i, i++, ++i].join());
function swap(a, b) { a += b; b = a - b; a -= b; return [a, b].join(); }
console.log(swap(1, 2), ((x) => { x = x++ + ++x; return x; })(3));
