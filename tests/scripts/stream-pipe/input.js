const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished } = require('stream')
const stream = require('stream')
const util = require('util')
const log = (...values) => console.log(...values)

const cases = {
  pipe() {
    let n=0;
    const r=new Readable({highWaterMark:10,read(){n++<8?this.push('chunk'+n):this.push(null)}});
    const w=new Writable({highWaterMark:10,write(c,e,cb){log('w',String(c));setTimeout(cb,1)}});
    w.on('drain',()=>log('drain'));
    w.on('finish',()=>log('finish'));
    w.on('pipe',()=>log('pipe'));
    w.on('unpipe',()=>log('unpipe'));
    r.on('pause',()=>log('pause'));
    r.on('resume',()=>log('resume'));
    r.on('end',()=>log('end'));
    log(r.pipe(w)===w);
    w.on('close',()=>log('wclose'));
    r.on('close',()=>log('rclose'))
  },
  two() {
    const r=new Readable({read(){}});
    const a=new Writable({highWaterMark:1,write(c,e,cb){log('a',String(c));setTimeout(cb,3)}}),b=new Writable({write(c,e,cb){log('b',String(c));cb()}});
    r.pipe(a);
    r.pipe(b);
    r.push('1');
    r.push('2');
    r.push('3');
    r.push(null);
    a.on('finish',()=>log('af'));
    b.on('finish',()=>log('bf'))
  },
  unpipe() {
    const r=new Readable({read(){}}),w=new PassThrough();
    w.on('unpipe',()=>log('unpipe'));
    r.pipe(w);
    r.unpipe(w);
    log(r.readableFlowing);
    r.unpipe()
  },
  endopt() {
    const r=Readable.from(['a']),w=new PassThrough();
    r.pipe(w,{end:false});
    r.on('end',()=>{log('end',w.writableEnded)})
  },
  pipeerr() {
    const r=new Readable({read(){this.push('x');this.destroy(new Error('src'))}});
    const w=new Writable({write(c,e,cb){cb()}});
    pipeline(r,new PassThrough(),w,(e)=>log('done',e.message,r.destroyed,w.destroyed));
  },
  pipeerr2() {
    const r=new Readable({read(){this.push('x')}});
    const w=new Writable({write(c,e,cb){cb(new Error('sink'))}});
    pipeline(r,new PassThrough(),w,(e)=>setImmediate(()=>log('done',e.message,r.destroyed,w.destroyed)));
  },
}

;(async () => {
  for (const name of Object.keys(cases)) {
    log(`-- ${name}`)
    cases[name]()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})()
