// Maps and Sets of Maps, keyed by numbers and objects.
const users = new Map();
let checks = 0;
for (let round = 0; round < 40; round++) {
  for (let u = 0; u < 400; u++) {
    const id = round * 100 + u;
    let user = users.get(id);
    if (!user) users.set(id, (user = new Map()));
    for (let k = 0; k < 12; k++) {
      const group = k % 4;
      let set = user.get(group);
      if (!set) user.set(group, (set = new Set()));
      set.add({ id, k });
      checks += set.size;
    }
  }
  for (const id of users.keys()) {
    if (id < round * 100 - 300) users.delete(id);
  }
}
console.log(users.size, checks);
