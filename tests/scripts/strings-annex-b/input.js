console.log(['  x '.trimLeft(), '  x '.trimRight()], String.prototype.trimLeft.name, String.prototype.trimRight === String.prototype.trimEnd);
console.log('a'.bold(), 'b'.italics(), 'c'.link('http://x?"y"'), 'd'.anchor('n'), 'e'.big(), 'f'.blink(), 'g'.fixed(), 'h'.fontcolor('red'), 'i'.fontsize(7), 'j'.small(), 'k'.strike(), 'l'.sub(), 'm'.sup());
console.log(escape('ä b+c'), unescape('%E4%u20AC'), 'abcdef'.substr(-3, 2), ''.bold.length, ''.anchor.length, Object.keys(String.prototype));
try { String.prototype.big.call(null) } catch (error) { console.log(error.message) }
const fake = /x/; fake[Symbol.match] = false; console.log('/x/y'.startsWith(fake), '/x/'.includes(fake), 'a/x/'.endsWith(fake));
try { 'a'.startsWith(/a/) } catch (error) { console.log(error.message) }
