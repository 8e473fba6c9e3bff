// Sizes and positions that streams and Buffers refuse, and those that they make do with.
const fs=require('fs');
for (const o of [{start:-1},{start:1.5},{start:-1.5},{end:NaN},{end:-Infinity},{start:Infinity},{end:2**53},{start:2**53},{start:5,end:2}]) try{fs.createReadStream('/x',o).on('error',e=>console.log('E',e.code))}catch(e){console.log(JSON.stringify(o),e.name,e.code,e.message)}
for (const o of [{start:-1},{start:1.5},{start:2**53},{start:Infinity},{start:NaN}]) try{fs.createWriteStream('/nope/x',o).on('error',e=>console.log('E',e.code))}catch(e){console.log(JSON.stringify(o),e.name,e.code,e.message)}
const b=Buffer.from('hello'), c=Buffer.alloc(5);
for (const s of [Infinity,-Infinity,NaN,2**53,'2',1.9,-0.5]) try{console.log(s,b.copy(c,s),b.copy(c,0,s),b.copy(c,0,0,s))}catch(e){console.log(s,e.message)}
const {Readable}=require('stream');
for (const s of [2**31,2**30+1,2**30,5n,'7',1.5,-1,NaN,{}]) try{const r=new Readable({read(){}}); console.log(r.read(s), r.readableHighWaterMark)}catch(e){console.log(e.name,e.code,e.message)}
