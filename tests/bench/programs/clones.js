// Deep clone, deep equal, merge, flatten and diff of plain data.
function clone(v) { if (v === null || typeof v !== "object") return v; if (Array.isArray(v)) return v.map(clone); const o = {}; for (const k of Object.keys(v)) o[k] = clone(v[k]); return o; }
function equal(a, b) { if (a === b) return true; if (typeof a !== typeof b || typeof a !== "object" || !a || !b) return false; const k = Object.keys(a); return k.length === Object.keys(b).length && k.every((x) => Object.prototype.hasOwnProperty.call(b, x) && equal(a[x], b[x])); }
function merge(t, s) { for (const [k, v] of Object.entries(s)) { if (v && typeof v === "object" && !Array.isArray(v)) t[k] = merge(t[k] ?? {}, v); else t[k] = v; } return t; }
function flatten(o, p = "", out = {}) { for (const k in o) { const v = o[k], q = p ? `${p}.${k}` : k; if (v && typeof v === "object") flatten(v, q, out); else out[q] = v; } return out; }
const data = { id: 1, user: { name: "Ada", roles: ["a", "b"], address: { city: "L", geo: { lat: 51.5, lon: -0.1 } } }, items: Array.from({ length: 12 }, (_, i) => ({ sku: "s" + i, qty: i, tags: { hot: i % 2 === 0, n: [i, i + 1] } })), meta: { created: "2020", flags: { a: true, b: null } } };
let n = 0; for (let r = 0; r < 1500; r++) { const c = clone(data); c.items[3].qty = r; if (equal(c, data)) n++; n += Object.keys(flatten(c)).length; const m = merge(merge({}, c), { user: { name: "B" + r, extra: { x: r } } }); n += m.user.name.length; }
console.log(String(n));
