class A { static x = 1; static { this.y = this.x + 1; A.z = [this.y] } static w = this.y * 2; static { var v = 5; this.v = v } }
console.log(A.x, A.y, A.z, A.w, A.v, typeof v)
