// Walks over trees of objects with for-in, as old code does.
function make(depth) { if (depth === 0) return { id: depth, name: 'leaf', ok: true, list: [1, 2, 3] }; const o = { id: depth, tag: 't' + depth }; for (let i = 0; i < 4; i++) o['child' + i] = make(depth - 1); return o; }
function walk(o, visit) { for (var key in o) { if (!o.hasOwnProperty(key)) continue; var v = o[key]; visit(key, v); if (typeof v === 'object' && v !== null) walk(v, visit); } }
const tree = make(6); let keys = 0, length = 0, seen = {};
for (let r = 0; r < 12; r++) walk(tree, function (k, v) { keys++; length += k.length; seen[k] = (seen[k] || 0) + 1; if (typeof v === 'number') length += v; });
console.log(String(keys), String(length), String(Object.keys(seen).length));
