const log = (...a) => console.log(...a)
Promise.all([]).then(v => log('all', v))
Promise.any([]).catch(e => log('any', e.constructor.name, e.errors, e.message))
Promise.race([new Promise(() => {}), Promise.resolve('r')]).then(v => log('race', v))
Promise.allSettled([1, Promise.reject('no'), { then(ok) { ok('thenable') } }]).then(v => log('settled', v))
Promise.any([Promise.reject(1), Promise.reject(2)]).catch(e => log(e.errors))
Promise.resolve(1).finally(() => 2).then(v => log('finally keeps', v))
Promise.resolve(1).finally(() => { throw 'fin' }).catch(v => log('finally throws', v))
Promise.reject(1).then(null, v => v + 1).then(v => log('recovered', v))
const p = Promise.resolve(1); log(Promise.resolve(p) === p, p.then() === p)
new Promise((ok, no) => { ok('first'); no('second'); throw 'third' }).then(v => log(v))
class MyPromise extends Promise {}
log(MyPromise.resolve(1) instanceof MyPromise, MyPromise.resolve(1).then() instanceof MyPromise, Promise.all.call(MyPromise, []).constructor.name)
try { Promise() } catch (e) { log(e.message) }
try { new Promise() } catch (e) { log(e.message) }
new Promise(r => r(new Promise(r2 => setTimeout(() => r2('late'), 5)))).then(v => log(v))
const cyclic = new Promise(r => setTimeout(() => r(cyclic), 1)); cyclic.catch(e => log(e.name, e.message))
