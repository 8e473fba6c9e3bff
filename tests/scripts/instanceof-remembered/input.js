// `instanceof` asks for Symbol.hasInstance each time: what it finds may change.
class A {}
class B extends A {}
const b = new B();
const ask = (value, type) => value instanceof type;
console.log(ask(b, A), ask(b, B), ask({}, A), ask(1, A));
Object.defineProperty(A, Symbol.hasInstance, { value: () => false, configurable: true });
console.log(ask(b, A), ask(b, B));
delete A[Symbol.hasInstance];
console.log(ask(b, A), ask(b, B));
Object.setPrototypeOf(B, { [Symbol.hasInstance]: (value) => value === 7 });
console.log(ask(7, B), ask(b, B));
Object.setPrototypeOf(B, { get [Symbol.hasInstance]() { return () => true; } });
console.log(ask(7, B), ask(null, B));
console.log(ask([], Array), ask(() => 1, Function), ask(b, A.bind()));
