const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished } = require('stream')
const stream = require('stream')
const util = require('util')
const log = (...values) => console.log(...values)

const cases = {
  readable() {
    let n=0;
    const r=new Readable({highWaterMark:4,read(s){log('read',s);n++<5?this.push('abc'+n):this.push(null)}});
    for(const e of ['data','end','close','pause','resume','readable','error'])r.on(e,(x)=>log(e,String(x)))
  },
  flowing() {
    let n=0;
    const r=new Readable({highWaterMark:4,read(s){log('read',s);n++<5?setImmediate(()=>this.push('abc'+n)):this.push(null)}});
    for(const e of ['data','end','close','pause','resume'])r.on(e,(x)=>log(e,String(x)));
    r.once('data',()=>{r.pause();setTimeout(()=>r.resume(),5)})
  },
  paused() {
    let n=0;
    const r=new Readable({highWaterMark:4,read(s){log('read',s);n++<5?this.push('abcd'+n):this.push(null)}});
    r.on('readable',()=>{let c;log('readable',r.readableLength);while((c=r.read(3))!==null)log('got',String(c));log('rest',r.readableLength)});
    r.on('end',()=>log('end'));
    r.on('close',()=>log('close'))
  },
  unshift() {
    const r=new Readable({read(){}});
    r.push('abcdef');
    r.push(null);
    r.once('readable',()=>{log(String(r.read(4)));r.unshift(Buffer.from('ZZ'));log(String(r.read()));r.read()});
    r.on('end',()=>log('end'))
  },
  enc() {
    const r=new Readable({read(){}});
    r.setEncoding('utf8');
    r.on('data',d=>log(JSON.stringify(d)));
    const b=Buffer.from('héé€x');
    for(const x of b)r.push(Buffer.from([x]));
    r.push(null);
    r.on('end',()=>log('end'))
  },
  eof() {
    const r=new Readable({read(){}});
    r.on('error',e=>log(e.code,e.message));
    r.push(null);
    log(r.push('x'));
    r.on('close',()=>log('close'))
  },
  throwing() {
    const r=new Readable({read(){throw new Error('boom')}});
    r.on('error',e=>log('err',e.message));
    r.on('close',()=>log('close'));
    r.resume()
  },
  props() {
    const p=new PassThrough({highWaterMark:5});
    log(p.readable,p.writable,p.readableHighWaterMark,p.writableHighWaterMark,p.readableFlowing,p.readableLength,p.writableLength,p.readableEnded,p.writableEnded,p.destroyed,p.closed,p.errored,new Readable().readableHighWaterMark,new Readable({objectMode:true}).readableHighWaterMark);
    p.write('hello!');
    log(p.readableLength,p.writableLength,p.writableNeedDrain)
  },
}

;(async () => {
  for (const name of Object.keys(cases)) {
    log(`-- ${name}`)
    cases[name]()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})()
