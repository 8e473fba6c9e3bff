// The classic leak: an interval whose closure keeps what it no longer needs.
var theThing = null
var rounds = 0
var replaceThing = function () {
  var originalThing = theThing
  var unused = function () { if (originalThing) console.log('hi') }
  theThing = {
    longStr: new Array(1000).join('*'),
    someMethod: function () { return rounds }
  }
}
var timer = setInterval(function () {
  replaceThing()
  rounds++
  console.log('round', rounds, theThing.longStr.length, theThing.someMethod())
  if (rounds === 4) clearInterval(timer)
}, 100)
