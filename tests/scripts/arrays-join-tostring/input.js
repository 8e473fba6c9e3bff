console.log([1, 2].join(), [1, null, undefined, [2, [3]]].join('-'), [].join(), String([1, [2, 3]]), [1] + [2], [{}] + '', [, ,].join('x'), [1, 2].join(undefined))
const c = [1]; c.push(c)
console.log(c.join(), [1, 2].toString(), [1234.5, 'a'].toLocaleString())
