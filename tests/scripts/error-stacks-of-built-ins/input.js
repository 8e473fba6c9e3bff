// The frames of functions that are built in, and what captureStackTrace leaves out.
const frames = (error) => error.stack.split('\n').filter((line) => /^ {4}at /.test(line) && !/node:internal|Module\.|Object\.<anonymous>/.test(line)).map((line) => line.trim().replace(/\(?[^ ()]*input\.js:(\d+):\d+\)?/, 'line $1')).join(' | ');
function show(f) { try { f() } catch (error) { console.log(error.name + ':', frames(error)) } }
show(() => [1].map(() => { throw new Error('x') }));
show(() => [3, 1].sort(() => { throw new Error('sort') }));
show(() => [].reduce((a) => a));
show(() => JSON.parse('{bad'));
show(() => 'x'.repeat(-1));
show(() => (1).toFixed(200));
show(() => decodeURIComponent('%'));
show(() => Object.defineProperty(1, 'x', {}));
show(() => new Array(-1));
show(() => null.x);
show(() => BigInt(1.5));
show(() => new RegExp('('));
show(() => Array.from(null));
show(() => 'a'.replace(/a/, () => { throw new Error('rep') }));
show(() => JSON.stringify({ toJSON() { throw new Error('tj') } }));
show(() => [1].forEach(5));
show(() => new Date(NaN).toISOString());
show(() => new Map([[1, 2]]).forEach(() => { throw new TypeError('fe') }));
show(() => [1, 2].filter((x) => x.y.z));
class Mine extends Error { constructor(m) { super(m); Error.captureStackTrace(this, Mine) } }
show(() => { throw new Mine('mine') });
function Old(m) { this.message = m; Error.captureStackTrace(this, Old) }
Old.prototype = Object.create(Error.prototype); Old.prototype.name = 'Old';
function make() { return new Old('old') }
show(() => { throw make() });
const bare = {}; Error.captureStackTrace(bare); console.log(frames(bare) === '', typeof bare.stack);
function never() {} const none = {}; Error.captureStackTrace(none, never); console.log(none.stack);
new Promise(() => { throw new Error('inside') }).catch((error) => console.log(frames(error)));
