try { new A() } catch (e) { console.log(e.name + ': ' + e.message) }
class A { }
const log = []
class B { [log.push('key1')] = log.push('field1'); static [log.push('key2')] = log.push('static'); constructor() { log.push('ctor') } }
new B
console.log(log.join())
try { class C extends C { } } catch (e) { console.log(e.message) }
