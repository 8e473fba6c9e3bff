// State that is never changed, only copied.
let state = { count: 0, items: [], user: { name: 'x', roles: ['admin'] } };
const history = [];
for (let i = 0; i < 100000; i++) {
  state = { ...state, count: state.count + 1, items: [...state.items.slice(-20), i] };
  if (i % 20 === 0) history.push(state);
}
console.log(state.items.length, history.length);
