console.log((1.005).toFixed(2), (1.45).toFixed(1), (0).toFixed(2), (-1.5).toFixed(0), (1e21).toFixed(2), (123.456).toFixed(), (0.000001).toFixed(7), (2.5).toFixed(0), (1.255).toFixed(2), (-0.0001).toFixed(2), (10.235).toFixed(2))
console.log((123.456).toPrecision(4), (0.00001).toPrecision(1), (1e21).toPrecision(3), (1234.5).toPrecision(2), (0).toPrecision(3), (1.5).toPrecision())
console.log((12345).toExponential(), (12345).toExponential(2), (0).toExponential(), (0.00015).toExponential(1), (-5).toExponential(3), NaN.toExponential())
for (const f of [() => (1).toFixed(101), () => (1).toPrecision(0), () => (1).toString(1), () => (1).toExponential(-1)]) try { f() } catch (e) { console.log(e.name + ': ' + e.message) }
