const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished } = require('stream')
const stream = require('stream')
const util = require('util')
const log = (...values) => console.log(...values)
const sp = require('stream/promises')

const cases = {
  async iter() {
    for await(const x of Readable.from([1,2,3]))log(x);
    for await(const x of Readable.from('hello'))log(x);
    const r=Readable.from((async function*(){try{yield 'a';yield 'b';yield 'c'}finally{log('fin')}})());
    for await(const x of r){log(x);break}log(r.destroyed);
    log(await Readable.from([1,2,3]).map(x=>x*2).toArray())
  },
  async prom() {
    await sp.pipeline(Readable.from(['a','b']),async function*(s){for await(const c of s)yield String(c).toUpperCase()},async function(s){for await(const c of s)log(c)});
    log('ok');
    const r=new Readable({read(){}});
    setImmediate(()=>r.destroy());
    try{await sp.finished(r)}catch(e){log(e.code)}
  },
}

;(async () => {
  for (const name of Object.keys(cases)) {
    log(`-- ${name}`)
    cases[name]()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})()
