console.log('Abc'.toUpperCase(), 'ABC'.toLowerCase(), 'straße'.toUpperCase(), 'İ'.toLowerCase().length, ' a b '.trim() + '|', ' a '.trimStart() + '|', ' a '.trimEnd() + '|', '\n\t\u00a0\ufeffx\u2003'.trim())
console.log('5'.padStart(3, '0'), 'abc'.padEnd(6, '12') + '|', 'abc'.padStart(2), 'x'.padStart(5) + '|', 'x'.padEnd(4, '') + '|', 'ab'.repeat(3), 'x'.repeat(0) === '', 'aé'.normalize('NFD').length)
try { 'x'.repeat(-1) } catch (e) { console.log(e.name + ': ' + e.message) }
try { 'x'.repeat(Infinity) } catch (e) { console.log(e.message) }
