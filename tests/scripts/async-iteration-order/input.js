async function* numbers() { for (let i = 1; i <= 3; i++) { await null; yield i } }
(async () => {
  for await (const n of numbers()) console.log('n', n)
  for await (const n of [Promise.resolve('p'), 'plain']) console.log(n)
  try { for await (const n of [Promise.reject(new Error('inside'))]) console.log(n) } catch (e) { console.log('caught', e.message) }
  const g = numbers()
  console.log(await Promise.all([g.next(), g.next(), g.next(), g.next()]))
  const early = numbers(); await early.next()
  console.log(await early.return('r'), await early.next())
  try { await numbers().throw(new Error('thrown')) } catch (e) { console.log(e.message) }
  async function* deleg() { const r = yield* numbers(); yield* ['x', Promise.resolve('y')]; return r }
  const all = []; for await (const v of deleg()) all.push(v); console.log(all)
})()
Promise.resolve().then(() => console.log('job 1')).then(() => console.log('job 2')).then(() => console.log('job 3'))
console.log('sync')
