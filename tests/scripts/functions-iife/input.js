console.log((function (x) { return x * 2 })(21), (() => 'arrow')(), !function () { return false }(), void function () { }())
;(function fact(n) { console.log(n <= 1 ? 1 : n); if (n > 1) fact(n - 1) })(3)
