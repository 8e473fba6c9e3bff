function Old(x) { this.x = x }
Old.prototype.get = function () { return this.x }
class New extends Old { constructor(x) { super(x); this.y = 1 } get() { return super.get() + 1 } }
console.log(new New(4).get(), new New(4))
