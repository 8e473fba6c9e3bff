// Arrays are iterated plainly only as long as nobody has changed how.
const spread = (list) => { const [first, second = 'none', ...rest] = list; let sum = 0; for (const item of list) sum += item; return [first, second, rest, sum, ...list].join(); };
console.log(spread([1, 2, 3]), spread([4]), spread([]), spread([1, , 3]));
const values = Array.prototype[Symbol.iterator];
Array.prototype[Symbol.iterator] = function* () { yield 'mine'; }; console.log((([a, b]) => a + b)([1, 2])); Array.prototype[Symbol.iterator] = values;
const next = Object.getPrototypeOf([][Symbol.iterator]()).next, prototype = Object.getPrototypeOf([][Symbol.iterator]());
let calls = 0; prototype.next = function () { calls++; return next.call(this); }; const [a, b] = [1, 2]; for (const item of [3, 4]); console.log(a, b, calls); prototype.next = next; { const [c] = [5]; console.log(c, calls); }
const own = [1, 2]; own[Symbol.iterator] = function* () { yield 9; }; console.log([...own], (([x]) => x)(own)); class List extends Array { *[Symbol.iterator]() { yield 'sub'; } } console.log([...new List(1, 2, 3)], (([x]) => x)(List.of(1)));
const closing = { [Symbol.iterator]: () => ({ next: () => ({ value: 1, done: false }), return() { console.log('closed'); return {}; } }) }; { const [x, y] = closing; console.log(x, y); } for (const item of closing) break;
const results = [{ value: 1, done: false }, { value: 2, done: 0 }, { done: true, value: 3 }]; const odd = { [Symbol.iterator]: () => ({ next: () => results.shift() }) }; console.log([...odd]);
for (const bad of [1, null, 'x']) try { for (const item of { [Symbol.iterator]: () => ({ next: () => bad }) }); } catch (error) { console.log(error.message); } try { const [x] = { [Symbol.iterator]: () => ({ next: () => ({ done: false }), return: () => 1 }) }; } catch (error) { console.log(error.message); }
function* numbers() { let i = 0; try { while (i < 5) yield i++; } finally { console.log('finished at', i); } } for (const n of numbers()) if (n === 2) break; { const [x, , z] = numbers(); console.log(x, z); } console.log(Math.max(...numbers()));
