console.log(typeof undefined, typeof null, typeof 1, typeof 's', typeof true, typeof {}, typeof [], typeof (() => 1), typeof class { }, typeof Symbol(), typeof nope)
console.log(typeof typeof 1, typeof new Number(1), typeof NaN)
