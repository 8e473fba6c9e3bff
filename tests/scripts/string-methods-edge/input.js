console.log('abc'.at(-1), 'abc'.substr(-2, 1), 'abc'.substring(2, 0), 'abc'.slice(-2), 'abc'.charAt(9) === '', 'abc'.charCodeAt(9), 'a😀'.codePointAt(1))
console.log('a-b-c'.replaceAll('-', '+'), 'x'.padStart(3, 'ab'), 'x'.padEnd(4, ''), ' \u00a0\ufeffx\n'.trim().length, 'abc'.lastIndexOf('c', -1), 'aaa'.lastIndexOf('a', 1))
console.log('İ'.toLowerCase().length, 'ß'.toUpperCase(), 'ΑΣ'.toLowerCase(), 'e\u0301'.normalize() === 'é', 'a'.localeCompare('b'), '\ud800'.isWellFormed?.())
console.log('abc'.split(''), 'a,b,'.split(','), ''.split(','), ''.split(''), 'abc'.split('', 2), 'a1b2'.split(/\d/), 'ab'.repeat(0) === '', [...'héé'].length)
for (const f of [() => 'a'.repeat(-1), () => 'a'.repeat(Infinity), () => 'a'.replaceAll(/a/, 'b'), () => 'a'.startsWith(/a/), () => 'a'.normalize('x'), () => String.fromCodePoint(-1), () => String.prototype.trim.call(null)]) { try { console.log(f()) } catch (e) { console.log(e.name, e.message) } }
console.log(String.raw`a\n${1}`, String.fromCharCode(65, 0x10041), 'abc' < 'abd', 'a' < 'B', '10' < '9', '10' < 9, 'b' > 'a' > 0)
console.log('abcabc'.indexOf('c', 3), 'abc'.includes('', 9), 'abc'.endsWith('b', 2), 'tEST'.charAt().toUpperCase() + 'tEST'.slice(1).toLowerCase(), escape('ü é'), unescape('%u0041%20'))
console.log(encodeURIComponent('a b&c/ü'), encodeURI('a b&c/ü'), decodeURIComponent('%E4%BD%A0'), (() => { try { decodeURIComponent('%') } catch (e) { return e.name + ': ' + e.message } })())
