function a() { throw new RangeError('deep') } function b() { try { a() } finally { console.log('b fin') } } function c() { try { b() } catch (e) { e.message += '+c'; throw e } }
try { c() } catch (e) { console.log(e.name, e.message) }
try { [1, 2, 3].forEach(x => { if (x === 2) throw x; console.log(x) }) } catch (x) { console.log('stopped at', x) }
try { [3, 1, 2].sort(() => { throw 'cmp' }) } catch (e) { console.log(e) }
const o = { get g() { throw 'getter' }, toString() { throw 'tostring' } }
try { o.g } catch (e) { console.log(e) } try { `${o}` } catch (e) { console.log(e) } try { o + 1 } catch (e) { console.log(e) }
try { new (class { x = (() => { throw 'field' })() })() } catch (e) { console.log(e) }
