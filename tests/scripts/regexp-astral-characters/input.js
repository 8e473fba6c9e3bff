console.log(/𝄞/.test('𝄞-clef'), /^.$/.test('𝄞'), /^.$/u.test('𝄞'), /[😀]/.exec('x😀')[0].length, /[😀😁]/u.exec('x😁')[0]);
console.log('a😀b😀'.replace(/😀/g, '-'), 'a😀b'.split(/😀/), '😀😀'.match(/😀/g), /😀{2}/.test('😀😀'), /😀{2}/u.test('😀😀'), '😀'.search(/\uDE00/));
console.log(/(?<name>😀+)x/.exec('😀x').groups.name, /\u{1F600}/u.test('😀'), /[^a]/.exec('😀')[0].length, /[^a]/u.exec('😀')[0].length);
console.log(new RegExp('é|ß|😀', 'gi').exec('É').index, /a.c/su.test('a😀c'), new RegExp('a', 'ig'), new RegExp(/x/y, 'ig').flags, String(new RegExp('b', 'yg')));
