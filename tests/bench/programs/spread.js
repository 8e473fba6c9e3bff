// Destructuring, spread, rest, default values, optional chaining: reducers as people write them.
const initial = { user: { name: "Ada", address: { city: "London", zip: null } }, items: [], totals: { count: 0, price: 0 } };
function reduce(state, { type, payload: { id = 0, price = 1, ...rest } = {} }) {
  switch (type) {
    case "add":
      return { ...state, items: [...state.items.slice(-9), { id, price, ...rest }],
        totals: { ...state.totals, count: state.totals.count + 1, price: state.totals.price + price } };
    case "drop":
      return { ...state, items: state.items.filter((item) => item.id !== id) };
    case "move": {
      const { user: { address, ...user }, ...others } = state;
      return { ...others, user: { ...user, address: { ...address, zip: address?.zip ?? id } } };
    }
    default:
      return state;
  }
}
const sum = (...numbers) => { let total = 0; for (const number of numbers) total += number; return total; };
function swap([first, second, ...others]) { return [second, first, ...others]; }
const range = ({ from = 0, to, step = 1 }) => { const out = []; for (let i = from; i < to; i += step) out.push(i); return out; };
let state = initial;
let total = 0;
for (let i = 0; i < 30000; i++) {
  state = reduce(state, { type: "add", payload: { id: i, price: i % 17, tag: "t" + (i % 3), size: i & 7 } });
  if (i % 3 === 0) state = reduce(state, { type: "drop", payload: { id: i - 2 } });
  if (i % 5 === 0) state = reduce(state, { type: "move", payload: { id: i } });
  total += state.items.length + (state.user.address?.zip ?? 0);
}
let list = range({ to: 12 });
for (let i = 0; i < 60000; i++) {
  list = swap(list);
  const [a, b = 1, ...[c, d]] = list;
  const { length, [0]: head } = list;
  total = (total + sum(...list) + Math.max(...list) + a + b + c + d + length + head) % 1000003;
}
for (let i = 0; i < 60000; i++) {
  const entries = Object.entries({ a: i, b: i + 1, c: i + 2 });
  for (const [key, value] of entries) total = (total + key.length * value) % 1000003;
  const copy = Object.fromEntries(entries.map(([key, value]) => [key + "x", value]));
  total = (total + Object.keys(copy).length + copy.ax) % 1000003;
}
console.log(total, state.items.length, state.totals.count, state.totals.price);
