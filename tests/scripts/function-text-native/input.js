// A function that is built in has no text but its name.
for (const f of [[].map, [].sort, Math.max, Map, Promise, Promise.prototype.then, Object.assign, ''.replace,
  JSON.stringify, Array.from, Symbol, Number.prototype.toFixed, RegExp.prototype.exec, new Map().forEach, parseInt]) {
  console.log(f.toString());
}
console.log(`${[].filter}`, String(Array.prototype[Symbol.iterator]));
console.log(Object.getOwnPropertyDescriptor(Map.prototype, 'size').get.toString());
console.log((function f(a) { return a; }).bind(null).toString());
console.log((function f(a) { return a; }).toString());
console.log(Function.prototype.toString.call(class A { m() {} }));
try {
  Function.prototype.toString.call({});
} catch (error) {
  console.log(error.message);
}
