// A store whose every action makes a new state.
const initial = { user: { name: 'ann', visits: 0 }, todos: [], filter: 'all' };
function reduce(state, action) {
  switch (action.type) {
    case 'add':
      return { ...state, todos: [...state.todos, { id: action.id, text: action.text, done: false }] };
    case 'toggle':
      return { ...state, todos: state.todos.map((todo) => (todo.id === action.id ? { ...todo, done: !todo.done } : todo)) };
    case 'drop':
      return { ...state, todos: state.todos.filter((todo) => todo.id !== action.id) };
    default:
      return { ...state, user: { ...state.user, visits: state.user.visits + 1, last: action.at } };
  }
}
let state = initial;
const history = [];
for (let i = 0; i < 30000; i++) {
  state = reduce(state, { type: 'add', id: i, text: `todo ${i}` });
  state = reduce(state, { type: 'toggle', id: i - 3 });
  if (i >= 20) state = reduce(state, { type: 'drop', id: i - 20 });
  state = reduce(state, { type: 'visit', at: i });
  history.push(state);
  if (history.length > 100) history.shift();
}
console.log(state.todos.length, state.user.visits, history.length);
