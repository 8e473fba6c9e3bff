function sum() { var s = 0; for (var i = 0; i < arguments.length; i++) s += arguments[i]; return s }
console.log(sum(), sum(1, 2, 3), sum.apply(null, [4, 5, 6]))
function last() { return arguments[arguments.length - 1] }
console.log(last(1, 2, 'z'), last())
