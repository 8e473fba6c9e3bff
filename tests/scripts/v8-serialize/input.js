const v8=require('v8');
const vals=[1,-1,1.5,-0,2**31,2**30,1e300,NaN,'abc','hä€','\u20ac'.repeat(70),null,undefined,true,false,10n,-(2n**70n),0n,{a:1,b:{c:[1,2,,4]}},[1,'x',{q:1}],Object.assign([1,2],{foo:1}),new Date(5),/a+b/gi,new Map([[1,2],['a',{}]]),new Set([1,'z']),Object(5),Object('s'),Object(true),Object(9n),new Uint8Array([1,2,3]),Buffer.from('hello'),new Float64Array([1.5]),new ArrayBuffer(3),{1:2,x:3,5:1}];
const o={};o.self=o;vals.push(o);
for(const v of vals){const b=v8.serialize(v);console.log(b.toString('hex'), v8.deserialize(b))}
const e=new RangeError('boo',{cause:1});const c=v8.deserialize(v8.serialize(e));console.log(c.name,c.message,c.cause,c instanceof RangeError);
for(const f of [()=>v8.serialize(()=>1),()=>v8.serialize(Symbol('x')),()=>v8.deserialize(Buffer.from('zz')),()=>v8.deserialize(Buffer.from('ff0f6f22','hex')),()=>v8.deserialize(5),()=>v8.serialize(new WeakMap())]) try{console.log(f())}catch(e){console.log(e.name,e.code,e.message)}
const {transcode,isAscii,isUtf8}=require('buffer');console.log(transcode(Buffer.from('€'),'utf8','latin1'),transcode(Buffer.from('aä'),'utf8','ascii'),isAscii(Buffer.from('a')),isUtf8(Buffer.from([255])));
