// Classes with getters, setters, private fields, static members and inheritance.
class Vector {
  #x; #y;
  static made = 0;
  constructor(x, y) { this.#x = x; this.#y = y; Vector.made++; }
  get x() { return this.#x; }
  get y() { return this.#y; }
  set x(value) { this.#x = value; }
  set y(value) { this.#y = value; }
  get length() { return Math.sqrt(this.#x * this.#x + this.#y * this.#y); }
  plus(other) { return new Vector(this.#x + other.x, this.#y + other.y); }
}
class Account {
  constructor(owner) { this._owner = owner; this._balance = 0; this._log = []; }
  get balance() { return this._balance; }
  set balance(value) { if (value < 0) throw new RangeError("overdrawn"); this._balance = value; }
  get owner() { return this._owner; }
  deposit(amount) { this.balance += amount; return this; }
}
class Savings extends Account {
  constructor(owner, rate) { super(owner); this.rate = rate; }
  get balance() { return super.balance; }
  set balance(value) { super.balance = value; }
  addInterest() { this.balance += Math.floor(this.balance * this.rate); }
}
const temperature = {
  celsius: 0,
  get fahrenheit() { return this.celsius * 9 / 5 + 32; },
  set fahrenheit(value) { this.celsius = (value - 32) * 5 / 9; },
};
let sum = 0;
let at = new Vector(0, 0);
for (let i = 0; i < 150000; i++) {
  at = at.plus(new Vector(i & 3, 1));
  at.x = at.x % 1000;
  sum += at.x + at.y;
}
const accounts = [new Account("a"), new Savings("b", 0.01)];
for (let i = 0; i < 200000; i++) {
  const account = accounts[i & 1];
  account.deposit(i % 10);
  if (account.balance > 100000) account.balance = 0;
  if (i % 1000 === 1) account.addInterest();
  sum += account.balance + account.owner.length;
}
for (let i = 0; i < 200000; i++) {
  temperature.fahrenheit = i % 212;
  sum += Math.round(temperature.celsius) + (temperature.fahrenheit > 100 ? 1 : 0);
}
console.log(sum, at.length.toFixed(3), Vector.made);
