// The three-snapshot program: between snapshots it leaks objects of one class into one array.
//   node --random-seed=7 three-snapshots.js FOLDER [COUNT] [MODE]
// writes FOLDER/1.heapsnapshot to 3.heapsnapshot. MODE "leak" (the default) leaks COUNT objects each time; "warm-up" fills
// a cache before the second snapshot, and only uses it afterwards.
'use strict';
const v8 = require('v8');
const path = require('path');

const [folder, count = '10000', mode = 'leak'] = process.argv.slice(2);

class LeakedThing {
  constructor(number) {
    this.number = number;
    this.name = 'name-' + number;
    this.payload = 'leak' + Math.random();
  }
}

const leakArray = [];
const cache = new Map();

function leak() {
  for (let i = 0; i < Number(count); i++) leakArray.push(new LeakedThing(i));
}

function lookUp(key) {
  let found = cache.get(key);
  if (found === undefined) {
    found = new LeakedThing(key);
    cache.set(key, found);
  }
  return found;
}

function act(round) {
  if (mode === 'leak') leak();
  else for (let i = 0; i < Number(count); i++) lookUp(i);
}

function snapshot(number) {
  v8.writeHeapSnapshot(path.join(folder, number + '.heapsnapshot'));
}

// Once before the first snapshot, so that code is compiled and shapes are settled.
if (mode === 'leak') { act(0); leakArray.length = 0; }
snapshot(1);
act(1);
snapshot(2);
act(2);
snapshot(3);
