// The classic question: what do the handlers print?
var handlers = []
for (var i = 0; i < 3; i++) handlers.push(function () { return i })
console.log(handlers.map(function (h) { return h() }))
handlers = []
for (var j = 0; j < 3; j++) (function (j) { handlers.push(function () { return j }) })(j)
console.log(handlers.map(function (h) { return h() }))
handlers = []
for (let k = 0; k < 3; k++) handlers.push(() => k)
console.log(handlers.map(h => h()))
for (let k = 0, inc = () => k++; k < 3; inc(), k++) handlers.push(() => k)
console.log(handlers.slice(3, 6).map(h => h()))
