const sleep = ms => new Promise(r => setTimeout(r, ms))
let attempts = 0
const flaky = async () => { attempts++; await sleep(1); if (attempts < 3) throw new Error('attempt ' + attempts); return 'ok after ' + attempts }
async function retry(f, n, wait) { for (let i = 1; ; i++) { try { return await f() } catch (e) { console.log('failed:', e.message); if (i === n) throw e; await sleep(wait * i) } } }
async function pool(tasks, size) {
  const results = [], running = new Set()
  for (const [i, task] of tasks.entries()) {
    const p = task().then(v => { results[i] = v; running.delete(p) })
    running.add(p)
    if (running.size >= size) await Promise.race(running)
  }
  await Promise.all(running); return results
}
retry(flaky, 5, 10).then(console.log).then(() => pool([30, 10, 20, 5].map(ms => () => sleep(ms).then(() => { console.log('done', ms); return ms })), 2)).then(console.log)
const timeout = (p, ms) => Promise.race([p, sleep(ms).then(() => { throw new Error('timeout') })])
timeout(sleep(1000), 500).catch(e => console.log(e.message))
