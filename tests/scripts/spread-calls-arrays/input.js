const a = [1, 2], f = (...x) => x.length
console.log([...a, 3, ...a], [...'héy'], [...new Set(a), ...new Map([[1, 2]])], f(...a, ...a), f(0, ...a, 9), Math.max(...a, 7), new Array(...[2020, 0]) instanceof Array)
console.log([...[, 1]], [...[]], new (class { constructor(...x) { this.x = x } })(...a, 3))
try { f(...null) } catch (e) { console.log(e.message) }
try { f(...undefined) } catch (e) { console.log(e.message) }
try { [...5] } catch (e) { console.log(e.message) }
try { [...{}] } catch (e) { console.log(e.message) }
try { const obj = {}; f(...obj) } catch (e) { console.log(e.message) }
