// Function.prototype.apply with plain arrays and with what is none.
function show() { return [typeof this, ...arguments].join(); }
console.log(show.apply('x', [1, 2]), show.apply(null), show.apply(undefined, undefined), show.apply(1, null));
console.log(show.apply(0, [, 1, ,]), show.apply(0, [1.5, 2.5]), show.apply(0, { length: 2, 0: 'a' }), show.apply(0, 'ab'.split('')));
(function () { console.log(show.apply(this, arguments)); })('p', 'q');
console.log(show.apply(0, new Uint8Array([7, 8])), show.apply(0, new Proxy([3, 4], {})));
Array.prototype[1] = 'inherited';
console.log(show.apply(0, [0, , 2]));
delete Array.prototype[1];
for (const list of [1, 'text', Symbol.iterator]) {
  try { show.apply(0, list); } catch (error) { console.log(error.message); }
}
try { Function.prototype.apply.call({}, 0, []); } catch (error) { console.log(error.message); }
console.log(Function.prototype.apply.name, Function.prototype.apply.length, Math.max.apply(Math, [3, 8, 5]));
class Old { constructor() { this.ready = true; } }
try { Old.apply({}, []); } catch (error) { console.log(error.message); }
