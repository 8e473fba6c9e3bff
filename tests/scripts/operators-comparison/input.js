console.log(1 < 2, 'a' < 'b', '10' < '9', 10 < '9', null >= 0, undefined >= 0, NaN < NaN, NaN >= NaN)
console.log(1 == '1', 0 == '', null == undefined, null == 0, NaN == NaN, [1] == 1, '1,2' == [1, 2], true == 1, 'true' == true)
console.log(1 === 1.0, '1' === 1, NaN !== NaN, null === undefined, 0 === -0, {} === {})
console.log([2] > 1, 'b' > 'a', 'B' > 'a', 'abc' < 'abcd', '' < 'a', -0 < 0)
