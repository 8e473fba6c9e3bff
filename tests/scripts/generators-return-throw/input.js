function* g() { try { yield 1; yield 2 } catch (e) { console.log('caught', e); yield 'c' } finally { console.log('fin') } return 'end' }
let i = g(); console.log(i.next(), i.throw('x'), i.next(), i.next())
i = g(); console.log(i.next(), i.return('early'), i.next())
i = g(); console.log(i.return(5), i.next())
i = g(); try { i.throw(new Error('start')) } catch (e) { console.log(e.message) }
function* h() { try { yield 1 } finally { yield 'from finally' } } i = h(); i.next(); console.log(i.return('r'), i.next(), i.next())
function* self() { me.next() } const me = self(); try { me.next() } catch (e) { console.log(e.message) }
