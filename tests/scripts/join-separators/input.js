console.log([].join(), [1].join(), ['a'].join('-'), [,].join('-'), [,,].join('-'), [null, undefined, ''].join('+'), ['', 'a', ''].join('-'), [1.5, 2.5].join(), [, 1.5].join('|'), [true, false, null].join(), ['x', , 'y'].join(), [[1, [2]], 3].join(), [0, -0, NaN].join(' '), ['é', '日'].join('→'));
console.log(new Array(5).join('ab'), new Array(5).join(''), new Array(3).join(), [Symbol.iterator].length);
try { [Symbol('x')].join(); } catch (e) { console.log(e.message); }
try { new Array(2 ** 30).join('*'); } catch (e) { console.log(e.name, e.message); }
try { const big = 'x'.repeat(2 ** 28); console.log([big, big, big].join().length); } catch (e) { console.log(e.name, e.message); }
Array.prototype[1] = 'P'; console.log([0, , 2].join()); delete Array.prototype[1];
// What is nothing but separators is made of pairs of shared halves: the strings of the best-known article on leaks are small.
let theThing = null;
const replaceThing = () => {
  const originalThing = theThing;
  const unused = () => { if (originalThing) console.log('hi'); };
  theThing = { longStr: new Array(1000000).join('*'), someMethod() { console.log('someMessage'); } };
};
for (let i = 0; i < 20; i++) replaceThing();
gc();
console.log(theThing.longStr.length, process.memoryUsage().heapUsed < 8e6);
