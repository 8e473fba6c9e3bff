// After the well-known article: the closure of `unused` keeps `originalThing` alive.
var theThing = null
var runs = 0
var replaceThing = function () {
  var originalThing = theThing
  var unused = function () { if (originalThing) console.log('hi') }
  theThing = {
    longStr: new Array(100).join('*'),
    someMethod: function () { return runs }
  }
}
for (; runs < 50; runs++) replaceThing()
console.log(theThing.longStr.length, theThing.someMethod(), typeof replaceThing)
