const sign = (n) => Math.sign(n);
console.log(sign('réservé'.localeCompare('RESERVE')), 'réservé'.localeCompare('RESERVE', 'en', { sensitivity: 'base' }), sign('a'.localeCompare('A')), sign('A'.localeCompare('b')), 'a'.localeCompare('a'));
console.log(['b', 'a', 'B', 'A', 'ä', 'z', 'Z', '10', '9', '_', ' ', '-', 'ab', 'á', 'é', 'e'].sort((x, y) => x.localeCompare(y)));
console.log(['img12.png', 'img10.png', 'img2.png', 'img1.png'].sort((x, y) => x.localeCompare(y, undefined, { numeric: true })), ['img12', 'img2'].sort((x, y) => x.localeCompare(y)));
console.log(sign('a'.localeCompare('á', 'en', { sensitivity: 'base' })), sign('a'.localeCompare('á', 'en', { sensitivity: 'accent' })), sign('a'.localeCompare('A', 'en', { sensitivity: 'accent' })), sign('a'.localeCompare('A', 'en', { sensitivity: 'case' })));
console.log(sign('résumé'.localeCompare('resume')), sign('résumé'.localeCompare('Resume')), sign('co-op'.localeCompare('coop')), sign(''.localeCompare('a')), sign('hello'.localeCompare('help')));
