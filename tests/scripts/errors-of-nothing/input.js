// What errors say of undefined, null, and of what is no object.
const tried = (run) => { try { console.log('ok', run()); } catch (error) { console.log(`${error.name}: ${error.message}`); } };
let nothing, nil = null; const key = Symbol('key');
tried(() => nothing[Symbol.iterator]); tried(() => nil[Symbol.iterator]()); tried(() => nothing[key]); tried(() => nil.a); tried(() => nothing['b']); tried(() => nil[0]); tried(() => { nil[Symbol.iterator] = 1; });
class Held { #field = 1; static has(value) { return #field in value; } } for (const value of [new Held(), {}, 5, 'text', null, undefined]) tried(() => Held.has(value));
tried(() => Array.from({ length: 2 ** 33 }, (_, i) => i)); tried(() => Array.from({ length: -1 })); tried(() => Array.from({ length: 2 }, (_, i) => i * 2));
