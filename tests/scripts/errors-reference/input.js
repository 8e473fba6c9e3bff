const t = f => { try { console.log(f()) } catch (e) { console.log(e.name + ': ' + e.message) } }
t(() => nope); t(() => nope()); t(() => nope.x); t(() => typeof nope); t(() => nope + 1); t(() => { nope++ }); t(() => { nope += 1 }); t(() => new Nope); t(() => `${nope}`)
