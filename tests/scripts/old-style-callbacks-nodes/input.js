// Error-first callbacks, an async series by hand, and `this` lost on the way.
function step(name, cb) { setTimeout(function () { name === 'bad' ? cb(new Error('no ' + name)) : cb(null, name.toUpperCase()) }, 5) }
function series(names, done) {
  var results = []
  ;(function next(i) {
    if (i === names.length) return done(null, results)
    step(names[i], function (err, r) { if (err) return done(err, results); results.push(r); next(i + 1) })
  })(0)
}
series(['a', 'b', 'c'], function (err, r) { console.log(err, r) })
series(['a', 'bad', 'c'], function (err, r) { console.log(err.message, r) })
function Timer() { this.n = 0; var that = this; setTimeout(function () { that.n++; console.log(that.n, this.n) }, 200) }
new Timer()
var button = { label: 'ok', click: function () { return this && this.label } }
var click = button.click
console.log(button.click(), click(), click.call({ label: 'other' }), (0, button.click)())
