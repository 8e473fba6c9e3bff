const C = class Named { static me() { return Named } }
console.log(C.me() === C, typeof Named)
