const util = require('util'); const sep = { numericSeparator: true };
for (const n of [0, 12, 123, 1000, 1234567, -1000, 123456789n, -5000n, 1000.5, 0.12345, 1234.5678901, 1e21, NaN, -0, Infinity]) console.log(util.inspect(n, sep));
console.log(util.inspect({ a: 1000000, b: [100000, 2.34567] }, sep), util.inspect(new Float64Array([12345.678901]), sep));
class Money { constructor(n) { this.n = n } [util.inspect.custom]() { return `<${this.n}>` } } console.log(util.inspect([new Money(5)]), util.inspect([new Money(5)], { customInspect: false }));
