const util = require('util');
console.log(JSON.stringify([util.styleText('red', 'a'), util.styleText('bold', 'b'), util.styleText('bgBlueBright', 'c'), util.styleText(['underline', 'gray'], 'd')]));
const unasked = { validateStream: false };
console.log(JSON.stringify([util.styleText('red', 'a', unasked), util.styleText('bgBlueBright', 'b', unasked)]));
try { util.styleText('colour', 'e'); } catch (error) { console.log(error.code, error.message); }
console.log(Object.keys(util.inspect.colors).length, util.inspect.colors.inverse, util.stripVTControlCharacters(util.styleText('green', 'plain', { validateStream: false })));
