var leaks = []
function LeakClass() { }
var leakArray = []
for (var n = 0; n < 100; n++) { leaks.push(new LeakClass); leakArray.push('leak' + n) }
console.log(leaks.length, leakArray.length, leaks[0], leaks.slice(0, 2))
var theThing = null
var replaceThing = function () { var originalThing = theThing; var unused = function () { if (originalThing) console.log('hi') }; theThing = { longStr: new Array(1000).join('*'), someMethod: function () { return 'msg' } } }
for (var i = 0; i < 20; i++) replaceThing()
console.log(theThing.longStr.length, theThing.someMethod())
