console.log({ ...{ a: 1, b: 2 }, b: 3 }, { b: 3, ...{ a: 1, b: 2 } }, { ...null, ...undefined, ...5, ...'hi', ...[1, 2] })
const src = { get x() { return 7 } }
const copy = { ...src }
console.log(Object.getOwnPropertyDescriptor(copy, 'x'))
class A { constructor() { this.own = 1 } m() { } }
console.log({ ...new A })
