const p = new Promise((res, rej) => { console.log('executor'); res(1); rej(2); res(3) })
p.then(v => { console.log('v', v); return v + 1 }).then(v => { throw v }).catch(e => { console.log('e', e); return 'ok' }).finally(() => console.log('fin')).then(console.log)
console.log(p, Promise.resolve(5), Promise.reject(new Error('r')).catch(() => { }), new Promise(() => { }))
Promise.all([1, Promise.resolve(2), { then(r) { r(3) } }]).then(v => console.log('all', v)); Promise.allSettled([1, Promise.reject('x')]).then(console.log); Promise.race([new Promise(() => { }), Promise.resolve('fast')]).then(console.log); Promise.any([Promise.reject(1), Promise.resolve('any')]).then(console.log); Promise.any([Promise.reject(1)]).catch(e => console.log(e.constructor.name, e.errors, e.message))
try { new Promise } catch (e) { console.log(e.message) } try { Promise() } catch (e) { console.log(e.message) }
