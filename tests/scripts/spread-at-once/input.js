// What is spread first goes into the list at once, unless somebody sees the steps.
console.log([...'añ𝒳b'], [...''], [...'x', ...'yz']);
const holey = [1, , 3];
console.log([...holey], Math.max(...[4, 9, 2]), [...[1.5, 2.5], 'end']);
function count() { return arguments.length; }
console.log(count(...[1, 2, 3]), count(...'four'), count(...[, 1]), count(...new Set([1, 1, 2])), count(...[]));
const copy = [...holey];
copy.push(4);
console.log(holey.length, copy.length);
const source = [1, 2];
console.log([...source, source.push(3), ...source]);
console.log(new Date(...[2020, 1, 3]).getTime(), String.raw(...[{ raw: 'ab' }, '-']));
const own = [1, 2, 3];
own[Symbol.iterator] = function* () { yield 'own'; };
console.log([...own], count(...own));
for (const bad of [1, null, undefined, {}]) {
  try { [...bad]; } catch (error) { console.log(error.message); }
  try { count(...bad); } catch (error) { console.log(error.message); }
}
const next = Object.getPrototypeOf(''[Symbol.iterator]()).next;
Object.getPrototypeOf(''[Symbol.iterator]()).next = function () {
  const step = next.call(this);
  return step.done ? step : { value: step.value + '!', done: false };
};
console.log([...'ab']);
Object.getPrototypeOf(''[Symbol.iterator]()).next = next;
String.prototype[Symbol.iterator] = function* () { yield 'replaced'; };
console.log([...'ab'], count(...'ab'));
Array.prototype[Symbol.iterator] = function* () { yield 1; };
console.log([...[5, 6]].length, count(...[5, 6]));
