function f() { return f() + 1 }
try { f() } catch (e) { console.log(e.name + ': ' + e.message, e instanceof RangeError) }
let depth = 0
const g = () => { depth++; g() }
try { g() } catch (e) { console.log(e.message, depth > 500) }
class A { get x() { return this.x } }
try { new A().x } catch (e) { console.log(e.message) }
const o = { toString() { return '' + this } }
try { String(o) } catch (e) { console.log(e.message) }
try { (function h() { [1].forEach(h) })() } catch (e) { console.log(e.message) }
console.log('still alive')
