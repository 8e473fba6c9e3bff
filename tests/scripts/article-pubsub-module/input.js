var PubSub = (function () {
  var topics = {}, id = 0
  return {
    on: function (topic, fn) { (topics[topic] = topics[topic] || []).push({ id: ++id, fn: fn }); return id },
    off: function (token) { for (var t in topics) topics[t] = topics[t].filter(function (s) { return s.id !== token }) },
    emit: function (topic) { var args = Array.prototype.slice.call(arguments, 1); (topics[topic] || []).forEach(function (s) { s.fn.apply(null, args) }) },
    size: function () { return Object.keys(topics).reduce(function (n, t) { return n + topics[t].length }, 0) }
  }
})()
var one = PubSub.on('news', function (a, b) { console.log('one', a, b) })
PubSub.on('news', function () { console.log('two', arguments.length) })
PubSub.emit('news', 1, 2); PubSub.off(one); PubSub.emit('news', 3); PubSub.emit('nothing')
console.log(PubSub.size(), Object.keys(PubSub))
