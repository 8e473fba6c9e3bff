console.log('before')
function never() { return eval('(' + arguments[0] + ')') }
try { (0, eval)('1') } catch (error) { console.log(error.name, error.message) }
console.log(eval(5), typeof eval)
eval('1 + 1')
