function  f ( a,b ) { /* body */ return a }
console.log(f.toString())
console.log(String((x)=>x+1), `${class A { m(){} }}`, ({ m ( ) { } }).m.toString())
