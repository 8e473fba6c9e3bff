// Immutable state: each step is a frozen copy with one thing changed; the last hundred are kept.
const history = []
let state = Object.freeze({ step: 0, items: Object.freeze([]), user: Object.freeze({ name: 'ada', visits: 0 }) })
for (let step = 1; step <= 60000; step++) {
  const items = step % 50 === 0 ? [] : [...state.items, step]
  state = Object.freeze({
    ...state,
    step,
    items: Object.freeze(items),
    user: Object.freeze({ ...state.user, visits: state.user.visits + 1 }),
  })
  history[step % 100] = state
}
console.log(history.length, state.items.length, state.user.visits, Object.isFrozen(state))
