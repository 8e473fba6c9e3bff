async function* g() { yield 1; await null; yield Promise.resolve(2); try { yield 3 } finally { console.log('cleanup') } }
(async () => { for await (const x of g()) { console.log(x); if (x === 3) break } for await (const y of [Promise.resolve('a'), 'b']) console.log(y); const it = g(); console.log(await it.next(), await it.return('r'), await it.next()) })()
