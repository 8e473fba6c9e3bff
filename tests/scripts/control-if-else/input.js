for (const v of [0, 1, '', 'a', null, undefined, NaN, [], {}, -0]) { if (v) console.log('truthy', v); else console.log('falsy', v) }
if (1) if (0) console.log('no'); else console.log('dangling')
if (0) ; else if (1) console.log('else if')
