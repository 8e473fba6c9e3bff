console.log('a' in { a: 1 }, 'toString' in {}, 0 in [1], 1 in [1], 'length' in [])
class A { } class B extends A { }
console.log(new B instanceof A, new A instanceof B, [] instanceof Array, [] instanceof Object, (() => 1) instanceof Function, 1 instanceof Number)
function F() { }
const f = new F
F.prototype = {}
console.log(f instanceof F, Object.create(null) instanceof Object)
try { 'a' in 'b' } catch (e) { console.log(e.message) }
try { ({}) instanceof 5 } catch (e) { console.log(e.message) }
try { ({}) instanceof ({}) } catch (e) { console.log(e.message) }
