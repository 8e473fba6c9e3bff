console.log(String.raw({ raw: ['a', 'b', 'c'] }, 1, 2), 'a'.constructor === String, 'abc'.hasOwnProperty('length'), 'abc'.hasOwnProperty(1), 'x' in Object('x'), 0 in Object('x'))
console.log(Array.prototype.map.call('abc', c => c + c), Array.prototype.join.call('abc', '-'), [].concat('ab'), Math.max(...'123'))
try { null.length } catch (e) { console.log(e.message) }
try { String.prototype.trim.call(null) } catch (e) { console.log(e.message) }
