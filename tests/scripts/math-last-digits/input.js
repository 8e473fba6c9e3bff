for (const f of ['exp', 'expm1', 'sin', 'cos', 'tan', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'log1p', 'cbrt']) console.log(f, [0.2, 0.7, 1.5, 2.25, 10, -0.3].map((x) => Math[f](x)).join(' '));
console.log(Math.acosh(2.5), 7 ** -2, 123 ** -11, Math.pow(2, 0.5), 10 ** -5, 1.1 ** 10, Math.atan2(1, 3), Math.log(10), Math.log2(10), Math.log10(5), Math.acos(0.3), Math.asin(0.3), Math.atanh(0.5));
console.log(Math.tanh(-0), Math.tanh(30), Math.tanh(-Infinity), Math.tanh(NaN), Math.pow(NaN, 0), Math.pow(1, Infinity), (-8) ** (1 / 3));
