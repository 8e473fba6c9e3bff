// Names that are computed: adding, replacing, setters, what is frozen, indexes spelled as text.
const filled = (names) => { const object = {}; for (const name of names) object[name] = name.length; return object; };
for (let round = 0; round < 3; round++) console.log(filled(['a', 'bb', 'ccc', 'dddd', 'eeeee', 'f']), filled(['bb', 'a']));
const caught = []; Object.defineProperty(Object.prototype, 'bb', { set(v) { caught.push(v); }, configurable: true });
console.log(filled(['a', 'bb', 'ccc']), caught); delete Object.prototype.bb; console.log(filled(['a', 'bb', 'ccc']), caught);
Object.defineProperty(Object.prototype, 'a', { value: 'fixed', writable: false, configurable: true });
console.log(filled(['a', 'bb'])); try { 'use strict'; (function () { 'use strict'; filled.call; const o = {}; o[String('a')] = 1; })(); } catch (error) { console.log(error.message); } delete Object.prototype.a;
const add = (object, name, value) => { 'use strict'; object[name] = value; return object; };
console.log(add({}, 'k', 1), add({}, 'k', 1.5), add({}, 'k', 'text'), add({}, 'k', 2.5));
for (const sealed of [Object.freeze({}), Object.preventExtensions({}), Object.seal({ k: 0 })]) try { console.log(add(sealed, 'k', 1)); } catch (error) { console.log(error.message); }
const list = [1, 2, 3]; list['1'] = 'one'; list['5'] = 'five'; list['01'] = 'name'; console.log(list, list['1'], list['01'], list['-0'], 'abc'['1'], list['length']);
const table = { 1: 'a' }; table['1'] += 'b'; table['2'] = 'c'; table['4294967295'] = 'd'; table['-1'] = 'e'; console.log(table, table[1], table['2']);
const bytes = new Uint8Array(3); bytes['1'] = 7; bytes['3'] = 9; bytes['1.5'] = 1; bytes['-0'] = 2; console.log(bytes, bytes['1'], bytes['3'], Object.keys(bytes));
const symbol = Symbol('s'); console.log(add({}, symbol, 1), add({}, symbol, 2), add([], 'x', 1), add(() => {}, 'y', 2));
class Base { set made(v) { this._made = v; } } console.log(add(new Base(), 'made', 1), add(new Base(), 'made', 2), add(new Base(), 'other', 3), add(new Base(), 'other', 4));
const proxied = new Proxy({}, { set(target, key, value) { target[key] = value * 2; return true; } }); console.log(add(Object.create(proxied), 'k', 1), proxied.k);
const args = (function () { return arguments; })(1, 2); args['0'] = 'zero'; console.log(args[0], args['1'], [..."ab"]['0']);
