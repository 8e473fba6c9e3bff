function* inner() { try { const a = yield 'i1'; console.log('a', a); return 'inner result' } finally { console.log('inner fin') } }
function* outer() { const r = yield* inner(); console.log('r', r); yield 'o' }
let it = outer(); console.log(it.next(), it.next('sent'), it.next())
it = outer(); it.next(); console.log(it.return('bye'))
