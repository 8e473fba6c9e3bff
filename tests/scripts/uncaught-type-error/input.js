var o = {}
console.log('start')
o.missing.prop
