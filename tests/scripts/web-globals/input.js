console.log(new TextEncoder().encode('hä€😀'), new TextEncoder().encodeInto('hä€😀', new Uint8Array(4)));
console.log(new TextDecoder().decode(new Uint8Array([0xef,0xbb,0xbf,104,0xc3,0xa4,0xff])), new TextDecoder('utf-16le').decode(new Uint8Array([104,0,105,0])), new TextDecoder('latin1').encoding);
try{new TextDecoder('utf8',{fatal:true}).decode(new Uint8Array([0xff]))}catch(e){console.log(e.name,e.code,e.message)}
try{new TextDecoder('nope')}catch(e){console.log(e.name,e.code,e.message)}
const d=new TextDecoder();console.log(d.decode(new Uint8Array([0xe2,0x82]),{stream:true})+d.decode(new Uint8Array([0xac])));
console.log(btoa('hello'),atob('aGVsbG8='),atob(' aGVs bG8 '));
try{btoa('€')}catch(e){console.log(e.name,e.code,e.message)}
try{atob('a')}catch(e){console.log(e.name,e.code,e.message)}
const ac=new AbortController();ac.signal.addEventListener('abort',e=>console.log('abort',e.type,ac.signal.reason.name,ac.signal.reason.message,ac.signal.reason.code));ac.abort();ac.abort();console.log(ac.signal.aborted);
try{ac.signal.throwIfAborted()}catch(e){console.log(e.name)}
const t=new EventTarget();t.addEventListener('x',function(e){console.log(this===t,e.type,e.target===t,e.cancelable);e.preventDefault();console.log(e.defaultPrevented)},{once:true});
console.log(t.dispatchEvent(new Event('x',{cancelable:true})),t.dispatchEvent(new Event('x')));
console.log(new CustomEvent('q',{detail:5}).detail);
const a2=AbortSignal.timeout(20);a2.onabort=()=>console.log('timeout',a2.reason.name,a2.reason.message);setTimeout(()=>{},30);
console.log(typeof performance.now(), performance.now()>=0);
const crypto=require('crypto');console.log(crypto.randomBytes(8).length, crypto.randomUUID().length, crypto.randomInt(5)<5);
console.log(t, new Event('x').type, AbortSignal.abort('r').reason);
console.log(require('querystring').parse('a=1&b=x%20y&a=2&c'),require('querystring').stringify({a:[1,2],b:'x y',c:true}));
console.log(require('url').parse('http://u:p@host.com:80/p/a?x=1&y=2#h',true));
console.log(require('url').parse('/list?id=7',true).query.id, require('url').parse('/list?id=7').pathname);
