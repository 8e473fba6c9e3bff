const show = (n, o) => console.log(n.toLocaleString('en-US', o))
show(1234.5, { minimumFractionDigits: 2 }); show(1234.5678, { maximumFractionDigits: 1 }); show(0.256, { style: 'percent' })
show(1234.5, { style: 'currency', currency: 'USD' }); show(-5, { style: 'currency', currency: 'EUR' }); show(5000, { style: 'currency', currency: 'JPY' })
show(1234, { useGrouping: false }); show(12, { minimumIntegerDigits: 4 }); show(0.5, { maximumFractionDigits: 0 }); show(1.005, { maximumFractionDigits: 2 })
show(999.9999, { maximumFractionDigits: 2 }); show(0.12345, { style: 'percent', maximumFractionDigits: 1 }); show(NaN, { style: 'percent' })
show(-0, {}); show(1e21, {}); show(Infinity, { minimumFractionDigits: 3 }); show(1e-7, { maximumFractionDigits: 10 })
try { show(1, { style: 'currency' }) } catch (e) { console.log(e.name, e.message) }
try { show(1, { maximumFractionDigits: 101 }) } catch (e) { console.log(e.name, e.message) }
