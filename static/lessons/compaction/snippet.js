// Fill many pages, then keep one object in ten: old space
// is full of holes.

let objects = [];
for (let i = 0; i < 120000; i++) objects.push({ i, a: 1, b: 2, c: 3 });
gc();

objects = objects.filter((object) => object.i % 10 === 0);
gc(); // marks, sweeps, and moves what is left of the emptiest pages
gc();

console.log(objects.length, "objects kept");
