// An old article's snippet: var in a loop, setTimeout, and three ways out.
for (var i = 0; i < 3; i++) setTimeout(function () { console.log('var', i) }, 10 * i)
for (let j = 0; j < 3; j++) setTimeout(function () { console.log('let', j) }, 10 * j + 1)
for (var k = 0; k < 3; k++) (function (n) { setTimeout(function () { console.log('iife', n) }, 10 * n + 2) })(k)
for (var m = 0; m < 3; m++) setTimeout(console.log.bind(console, 'bound', m), 10 * m + 3)
for (var p = 0; p < 3; p++) setTimeout(function (n) { console.log('argument', n) }, 10 * p + 4, p)
var counter = 0
var handle = setInterval(function () {
  counter++
  console.log('interval', counter, this === handle)
  if (counter == 3) clearInterval(handle)
}, 15)
