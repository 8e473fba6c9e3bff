const o = { z: 1, 10: 'ten', a: 2, 2: 'two', '-1': 'neg', '01': 'lead', 4294967295: 'big' }
o.b = 3; o[1] = 'one'
console.log(Object.keys(o).join(), JSON.stringify(o))
delete o.z; o.z = 9
console.log(Object.keys(o).join())
