console.log(new Map([[{ a: 1 }, new Map([['x', [1, 2]]])], ['k', new Set(['v', { w: 1 }])]]), new WeakMap(), new WeakSet(), new WeakRef({ a: 1 }));
console.log([new Date(0), /re/gi, Symbol('s'), Symbol.iterator, 10n, new Error('x').message]);
