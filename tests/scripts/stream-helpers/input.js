const {Readable}=require('stream');
(async()=>{
console.log(await Readable.from([1,2,3,4]).take(2).toArray(),await Readable.from([1,2,3,4]).drop(2).toArray(),await Readable.from([1,2,3]).flatMap(x=>[x,x]).toArray(),await Readable.from([1,2,3]).some(x=>x>2),await Readable.from([1,2,3]).every(x=>x>2),await Readable.from([1,2,3]).find(x=>x>1));
try{Readable.from([1]).take(-1)}catch(e){console.log(e.name,e.code,e.message)}
try{Readable.from([1]).map(1)}catch(e){console.log(e.name,e.code,e.message)}
})();
