console.log(typeof globalThis, globalThis === global, undefined, NaN, Infinity, isNaN(undefined))
var top1 = 1
console.log(encodeURIComponent('a b&c/é😀'), encodeURI('http://x/a b?q=é'), decodeURIComponent('%F0%9F%98%80%20'), decodeURI('%2Fa%20b'), escape('a b+é世'), unescape('%u4E16%20'))
try { decodeURIComponent('%') } catch (e) { console.log(e.name + ': ' + e.message) }
undefined = 5; NaN = 1
console.log(undefined, NaN)
