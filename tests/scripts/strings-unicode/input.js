const s = 'aé世😀'
console.log(s.length, s.charCodeAt(3), s.codePointAt(3), s.codePointAt(4), String.fromCodePoint(128512, 97), String.fromCharCode(65, 0x4e16, 65601), s.split(''), s.slice(3, 4) === '\ud83d', '\ud83d' + '\ude00' === '😀', s.toUpperCase(), s.indexOf('世'), 'z' < 'é', '\uffff' > '😀')
console.log('ab\ud800', ['\ud800'], 'x'.isWellFormed(), '\ud800'.isWellFormed(), '\ud800'.toWellFormed())
try { String.fromCodePoint(-1) } catch (e) { console.log(e.name + ': ' + e.message) }
