const log = []
function f() { try { log.push('try'); return log.push('ret') } catch (e) { log.push('catch') } finally { log.push('finally') } }
console.log(f(), log)
function g() { try { throw 1 } catch (e) { return 'catch' } finally { console.log('fin') } }
console.log(g())
function h() { try { return 'try' } finally { return 'finally' } }
console.log(h())
function k() { try { throw 1 } finally { return 'swallowed' } }
console.log(k())
function l() { let x = 1; try { return x } finally { x = 2 } }
console.log(l())
