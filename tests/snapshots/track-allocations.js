// Makes a real heap snapshot with the traces of its allocations:
//   node track-allocations.js FILE
'use strict';
const fs = require('fs');
const { Session } = require('inspector');

const out = fs.openSync(process.argv[2], 'w');
const session = new Session();
session.connect();
session.on('HeapProfiler.addHeapSnapshotChunk', (message) => fs.writeSync(out, message.params.chunk));
session.post('HeapProfiler.enable');
session.post('HeapProfiler.startTrackingHeapObjects', { trackAllocations: true });

class Tracked { constructor(n) { this.n = n; this.text = 'tracked ' + n; } }
const kept = [];
function fill() {
  for (let n = 0; n < 1000; n++) kept.push(new Tracked(n));
}
fill();

session.post('HeapProfiler.stopTrackingHeapObjects', { reportProgress: false }, () => fs.closeSync(out));
globalThis.kept = kept;
