// `registry` grows old. New objects are then stored into it.

const registry = { newest: null };
gc({ type: "minor" });
gc({ type: "minor" }); // registry is in old space now

for (let i = 0; i < 50000; i++) {
  // An old object gets a young child: the write barrier
  // notes the slot in the remembered set.
  registry.newest = { i };
}

gc({ type: "minor" });
console.log("newest is", registry.newest.i);
