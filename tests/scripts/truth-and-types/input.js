// What is true and what typeof says, in conditions, loops and expressions.
const values = [0, -0, 1, -1, 0.5, NaN, Infinity, '', 'a', '0', 'concat'.repeat(9), null, undefined, true, false, 0n, 1n, -5n, Symbol('s'), {}, [], () => {}, class {}, new Proxy({}, {}), new Proxy(function () {}, {}), Object(false), Object(''), new Date(NaN), /r/, Math.max.bind(null), new Map(), 'ab'.slice(1), 'ab'.slice(2)];
const words = [];
for (const value of values) words.push([value ? 1 : 0, !value ? 1 : 0, !!value, typeof value, (value || 'or') === value, (value && 'and') === 'and', (value ?? 'nullish') === value].join('/'));
console.log(words.join('\n'));
let n = 3, steps = ''; while (n) steps += n--; do steps += '.'; while (n++ < 0); for (let text = 'abc'; text; text = text.slice(1)) steps += text; console.log(steps);
const sort = (value) => typeof value === 'object' ? 'o' : typeof value === 'function' ? 'f' : typeof value === 'string' ? 's' : typeof value == 'number' ? 'n' : '-';
console.log(values.map(sort).join('')); if (typeof missing === 'undefined') console.log('missing'); console.log(-(-0) === 0, Object.is(-(0), -0), -(-2147483648), -'3', -true, - -5, -(5n));
console.log(`${'text'}${1}${null}${[1, 2]}${{}}`, `${-0}`, (() => { try { return `${Symbol('x')}`; } catch (error) { return error.message; } })());
