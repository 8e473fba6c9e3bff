// Three levels of classes that call super in methods and accessors.
class Shape { constructor(n) { this.name = n; this.id = 0; } area() { return 0; } describe() { return this.name.length + this.area(); } get kind() { return 1; } static make(...a) { return new this(...a); } }
class Rect extends Shape { constructor(w, h) { super('rect'); this.w = w; this.h = h; } area() { return this.w * this.h; } describe() { return super.describe() + 1; } get kind() { return super.kind + 1; } }
class Square extends Rect { #side; constructor(s) { super(s, s); this.#side = s; } area() { return super.area() + this.#side - this.#side; } describe() { return super.describe() * 2; } get kind() { return super.kind + 1; } }
let t = 0; for (let i = 0; i < 80000; i++) { const s = i % 2 ? new Square(i % 10) : Square.make(i % 7); t += s.describe() + s.kind; if (s instanceof Rect) t++; }
console.log(String(t));
