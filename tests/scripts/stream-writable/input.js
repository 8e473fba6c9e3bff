const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished } = require('stream')
const stream = require('stream')
const util = require('util')
const log = (...values) => console.log(...values)

const cases = {
  writable() {
    const w=new Writable({highWaterMark:8,write(c,e,cb){log('w',String(c),e,this.writableLength);setTimeout(cb,2)},final(cb){log('final');cb()}});
    for(const e of ['drain','finish','close','error','pipe','unpipe','prefinish'])w.on(e,(x)=>log(e));
    for(let i=0;i<5;i++)log(w.write('abc'+i));
    w.end('last',()=>log('endcb'));
    log(w.writableEnded,w.writableFinished,w.writableNeedDrain)
  },
  syncw() {
    const w=new Writable({highWaterMark:3,write(c,e,cb){log('w',String(c));cb()}});
    w.on('drain',()=>log('drain'));
    log(w.write('a'));
    log(w.write('bcd',()=>log('cb')));
    w.cork();
    log(w.write('x'));
    log(w.write('y'));
    process.nextTick(()=>{w.uncork();w.end()});
    w.on('finish',()=>log('finish')).on('close',()=>log('close'))
  },
  writev() {
    const w=new Writable({writev(cs,cb){log('v',cs.map(c=>String(c.chunk)),cs.allBuffers);setTimeout(cb,1)}});
    w.write('a');
    w.write('b');
    w.write('c');
    w.end('d');
    w.on('finish',()=>log('fin'))
  },
  after() {
    const w=new Writable({write(c,e,cb){cb()}});
    w.on('error',e=>log('error',e.code,e.message));
    w.end();
    log(w.write('x',(e)=>log('cb',e.code)));
    w.on('close',()=>log('close'))
  },
  errors() {
    const w=new Writable({write(c,e,cb){cb(new Error('bad'))}});
    w.on('error',e=>log('error',e.message,w.destroyed,w.errored&&w.errored.message));
    w.on('close',()=>log('close'));
    w.write('a',(e)=>log('cb',e&&e.message));
    w.write('b',(e)=>log('cb2',e&&e.message))
  },
}

;(async () => {
  for (const name of Object.keys(cases)) {
    log(`-- ${name}`)
    cases[name]()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})()
