const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished } = require('stream')
const stream = require('stream')
const util = require('util')
const log = (...values) => console.log(...values)

const cases = {
  destroy() {
    const r=new Readable({read(){}});
    r.on('close',()=>log('close'));
    r.on('error',(e)=>log('e',e.message));
    r.destroy(new Error('x'));
    r.destroy(new Error('y'));
    log(r.destroyed);
    const w=new Writable({write(c,e,cb){},destroy(e,cb){log('_d');cb(e)}});
    w.on('close',()=>log('wclose'));
    w.write('a',(e)=>log('cba',e));
    w.write('b',(e)=>log('cbb',e&&e.code));
    w.destroy()
  },
  nullw() {
    const w=new Writable({write(){}});
    try{w.write(null)}catch(e){log(e.code,e.message)}try{w.write(5)}catch(e){log(e.code,e.message)}const r=new Readable({read(){}});
    r.on('error',e=>log(e.code,e.message));
    r.push(5)
  },
}

;(async () => {
  for (const name of Object.keys(cases)) {
    log(`-- ${name}`)
    cases[name]()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})()
