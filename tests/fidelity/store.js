// A store with reducers, subscriptions and a log, as front ends have it.
function createStore(reducer) { let state = reducer(undefined, { type: 'init' }); const listeners = new Set(); return { getState: () => state, dispatch(action) { state = reducer(state, action); for (const l of listeners) l(state); return action; }, subscribe(l) { listeners.add(l); return () => listeners.delete(l); } }; }
const reducer = (state = { todos: [], filter: 'all' }, action) => { switch (action.type) { case 'add': return { ...state, todos: [...state.todos, { id: action.id, text: action.text, done: false }].slice(-50) }; case 'toggle': return { ...state, todos: state.todos.map((t) => t.id === action.id ? { ...t, done: !t.done } : t) }; default: return state; } };
const store = createStore(reducer); const log = []; let n = 0;
const stop = store.subscribe((s) => { n += s.todos.length; if (n % 5 === 0) log.push(s.todos[0]); });
for (let i = 0; i < 4000; i++) { store.dispatch({ type: 'add', id: i, text: `todo ${i}` }); store.dispatch({ type: 'toggle', id: i - 3 }); }
stop(); console.log(n, log.length);
