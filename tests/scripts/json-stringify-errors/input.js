const c = { a: [{}] }; c.a[0].b = c
try { JSON.stringify(c) } catch (e) { console.log(e.name); console.log(e.message) }
const s = {}; s.s = s; try { JSON.stringify(s) } catch (e) { console.log(e.message) }
class K { } const k = new K; k.list = [k]; try { JSON.stringify(k) } catch (e) { console.log(e.message) }
try { JSON.stringify({ get x() { throw new Error('getter') } }) } catch (e) { console.log(e.message) }
