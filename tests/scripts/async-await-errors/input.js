async function f() { throw new Error('async') } async function g() { try { await f() } catch (e) { return 'caught ' + e.message } finally { console.log('fin') } }
g().then(console.log); (async () => { try { await Promise.reject(5) } catch (e) { console.log('r', e) } const vals = []; for (const p of [1, Promise.resolve(2)]) vals.push(await p); console.log(vals); console.log(await { then(r) { r('thenable') } }) })()
console.log(f().catch(() => { }) instanceof Promise)
