const a = 1, o = { toString: () => 'obj' }
console.log(`${a}`, `a${a}b${a + 1}c`, `${o}`, `${[1, 2]}`, `${null} ${undefined} ${true}`, `multi
line`, `nested ${`inner ${a}`}`, `\${esc} \\ \u0041`, ``.length, `${''}`.length)
try { `${Symbol('x')}` } catch (e) { console.log(e.name + ': ' + e.message) }
