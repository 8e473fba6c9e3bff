var s = ''; for (var i = 0; i < 1000; i++) s += i % 10
console.log(s.length, s.slice(995), s.indexOf('9012'), s.substring(10, 15), s.charAt(500), s[999])
var parts = []; for (i = 0; i < 100; i++) parts.push('item ' + i); var joined = parts.join(', '); console.log(joined.length, joined.split(', ').length, joined.slice(-7))
var t = 'x'; for (i = 0; i < 12; i++) t = t + t; console.log(t.length, (t + 'y').lastIndexOf('y'), t === 'x'.repeat(4096), (t + 'a') < (t + 'b'))
var obj = {}; obj['ke' + 'y'] = 1; obj[s.slice(0, 3)] = 2; console.log(obj.key, obj['012'], Object.keys(obj))
console.log(('é'.repeat(3) + 'ascii').length, ('日本' + 'x').slice(1), 'abc'.concat(1, null, [2]), 'A-B'.toLowerCase().split('-').map(function (p) { return p.charCodeAt(0) }))
var csv = 'name,age\nann,30\nbob,25'.split('\n').map(function (l) { return l.split(',') }), head = csv.shift()
console.log(csv.map(function (r) { return r.reduce(function (o, v, i) { o[head[i]] = v; return o }, {}) }))
var r = ''; for (var c of 'stressed') r = c + r; console.log(r, 'racecar' === 'racecar'.split('').reverse().join(''), [...'hello'].map((c, i, a) => a.indexOf(c) === i ? c : '').join(''))
