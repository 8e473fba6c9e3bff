// Without a message, assert.ok shows the call as it stands in the source.
const assert = require('assert');
const failure = (test) => { try { test(); } catch (error) { console.log(error.message, error.generatedMessage); } };
failure(() => assert.ok(1 === 2));
failure(() => assert(typeof 123 === 'string'));
failure(() => assert.ok([')', "(", `]`].includes(''), undefined));
failure(() => { const value = 0; assert(value); });
failure(() => assert.ok(false, 'own words'));
failure(() => assert.ok());
