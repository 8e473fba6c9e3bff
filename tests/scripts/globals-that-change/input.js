// Global variables: made, replaced, deleted, turned into accessors, while the same code reads them.
const read = () => value, type = () => typeof value;
const look = () => { try { return read(); } catch (error) { return error.message; } };
console.log(look(), type()); value = 1; console.log(look(), type()); value = 2.5; console.log(look(), type());
globalThis.value = 'text'; console.log(look(), type()); delete globalThis.value; console.log(look(), type());
let reads = 0; Object.defineProperty(globalThis, 'value', { get() { return ++reads; }, configurable: true }); console.log(look(), look(), type());
Object.defineProperty(globalThis, 'value', { value: 'fixed', writable: false, configurable: true }); value = 'lost'; console.log(look());
delete globalThis.value; for (let i = 0; i < 200; i++) globalThis['made' + i] = i; value = 'again'; console.log(look(), made7, made199);
const math = () => Math.max(1, 2); console.log(math()); const kept = Math; Math = { max: () => 'mine' }; console.log(math()); Math = kept; console.log(math());
const parse = parseInt; parseInt = (text) => 'parsed ' + text; console.log(['7', '8'].map((text) => parseInt(text))); parseInt = parse; console.log(parseInt('12px'));
for (let i = 0; i < 3; i++) { if (i === 1) undefinedLater = i; console.log(typeof undefinedLater); }
