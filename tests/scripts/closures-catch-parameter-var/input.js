// `var` with the name of a catch parameter: inside of the block the name is the parameter, outside the variable.
function f() { try { throw 'e' } catch (x) { console.log(x); var x = 5; console.log('in', x) } console.log('out', x) }
f()
try { throw 1 } catch (e) { var e = 2; var y = e; { var e = 3 } console.log(e) }
console.log(e, y)
function g() {
  var later = []
  for (var i = 0; i < 2; i++) try { throw i } catch (err) { var err = err + 10; later.push(() => err) }
  return [later.map((f) => f()), err]
}
console.log(g())
function h() { try { throw 1 } catch (k) { for (var k in { a: 1 }) console.log(k); console.log(k) } return k }
console.log(h())
