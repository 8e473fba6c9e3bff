function A() { this.a = 1; return { b: 2 } }
function B() { this.a = 1; return 5 }
console.log(new A(), new B(), new B)
