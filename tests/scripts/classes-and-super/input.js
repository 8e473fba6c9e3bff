// Constructors of derived classes, what they return, and super while prototypes change.
class Base { constructor(value) { this.value = value; this.target = new.target.name; } name() { return 'base'; } get size() { return 1; } static make() { return 'made'; } }
class Derived extends Base { name() { return super.name() + '+derived'; } get size() { return super.size + 1; } static make() { return super.make() + '!'; } missing() { return super.nothing; } }
for (let i = 0; i < 3; i++) { const d = new Derived(i); console.log(d.value, d.target, d.name(), d.size, Derived.make(), d.missing()); }
Base.prototype.name = function () { return 'replaced'; }; Base.prototype.nothing = 'something'; console.log(new Derived(1).name(), new Derived(1).missing());
class Other { constructor() { this.other = true; } name() { return 'other'; } } Object.setPrototypeOf(Derived.prototype, Other.prototype); console.log(new Derived(2).name(), new Derived(2).size); Object.setPrototypeOf(Derived, Other); console.log(new Derived(2));
const tries = { object: () => ({ own: 1 }), nothing: () => undefined, number: () => 5, text: () => 'x', nil: () => null };
for (const [word, give] of Object.entries(tries)) { class A extends Base { constructor() { super(word); return give(); } } class B extends Base { constructor() { return give(); } } for (const C of [A, B]) try { console.log(word, new C()); } catch (error) { console.log(word, error.constructor.name, error.message); } }
class Late extends Base { constructor(first) { const arrow = () => super('late'); if (first) arrow(); arrow(); } } for (const first of [false, true]) try { console.log(new Late(first)); } catch (error) { console.log(error.message); }
class Nothing extends null { constructor() { return Object.create(new.target.prototype); } } console.log(new Nothing() instanceof Nothing); try { new (class extends null {})(); } catch (error) { console.log(error.message); }
function Old(x) { this.x = x; return new.target === undefined ? this : undefined; } class New extends Old { constructor() { super(1); this.y = 2; } } console.log(new New(), Reflect.construct(New, [], Derived) instanceof Derived);
const object = { __proto__: { hello() { return 'hello'; } }, hello() { return super.hello() + ' you'; }, ['com' + 'puted']() { return super['hel' + 'lo'](); } }; console.log(object.hello(), object.computed());
