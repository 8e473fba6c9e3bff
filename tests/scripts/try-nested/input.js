function f(n) {
  try { try { if (n === 1) throw 'a'; if (n === 2) return 'ret' } catch (e) { if (e === 'a') throw e + 'b' } finally { console.log('inner', n); if (n === 3) throw 'fin' } return 'end' }
  catch (e) { console.log('caught', e); try { throw e + '!' } catch (x) { return x } }
  finally { console.log('outer', n) }
}
for (const n of [0, 1, 2, 3]) console.log(f(n))
function g() { try { try { throw 1 } finally { throw 2 } } catch (e) { return e } }
console.log(g())
function h() { try { return 1 } finally { try { throw 2 } catch { } } }
console.log(h())
