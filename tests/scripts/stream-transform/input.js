const { Readable, Writable, Transform, Duplex, PassThrough, pipeline, finished } = require('stream')
const stream = require('stream')
const util = require('util')
const log = (...values) => console.log(...values)

const cases = {
  transform() {
    const t=new Transform({transform(c,e,cb){cb(null,String(c).toUpperCase())},flush(cb){this.push('!');cb()}});
    t.on('data',d=>log('d',String(d)));
    for(const e of['end','finish','close','prefinish'])t.on(e,()=>log(e));
    t.write('a');
    t.write('b');
    t.end('c')
  },
  backp() {
    let n=0;
    const r=new Readable({objectMode:true,highWaterMark:2,read(){log('src',n);n<10?this.push({n:n++}):this.push(null)}});
    const t=new Transform({objectMode:true,highWaterMark:1,transform(o,e,cb){log('t',o.n);cb(null,o)}});
    const w=new Writable({objectMode:true,highWaterMark:1,write(o,e,cb){log('w',o.n);setTimeout(cb,1)}});
    pipeline(r,t,w,(e)=>log('done',e))
  },
  duplex() {
    const d=new Duplex({read(){this.push('out');this.push(null)},write(c,e,cb){log('in',String(c));cb()}});
    d.on('data',x=>log(String(x)));
    for(const e of['end','finish','close'])d.on(e,()=>log(e));
    d.end('q')
  },
  old() {
    function Up(o){Transform.call(this,o)}util.inherits(Up,Transform);
    Up.prototype._transform=function(c,e,cb){this.push(String(c).toUpperCase());cb()};
    const u=new Up();
    u.on('data',d=>log(String(d)));
    u.end('hi');
    log(u instanceof Writable,u instanceof Readable,u instanceof stream,Writable()instanceof Writable)
  },
  fin() {
    const p=new PassThrough();
    finished(p,(e)=>log('fin',e));
    p.end('x');
    p.resume();
    const q=new PassThrough();
    finished(q,(e)=>log('fin',e&&e.code));
    q.destroy()
  },
}

;(async () => {
  for (const name of Object.keys(cases)) {
    log(`-- ${name}`)
    cases[name]()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
})()
