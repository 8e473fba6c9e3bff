// A server that is asked in JSON, and answers with dates among its values.
const records = new Map();
let bytes = 0;
function answer(text) {
  const { method, params, id } = JSON.parse(text);
  switch (method) {
    case 'put':
      records.set(params.key, { ...params, updated: new Date(1700000000000 + id * 1000) });
      return { id, ok: true };
    case 'get':
      return { id, result: records.get(params.key) ?? null };
    default:
      return { id, result: [...records.values()].slice(-10).map(({ key, score, tags }) => ({ key, score, tags })) };
  }
}
const ask = (request) => (bytes += JSON.stringify(answer(JSON.stringify(request))).length);
for (let i = 0; i < 20000; i++) {
  const key = `k${i % 700}`;
  ask({ id: i, method: 'put', params: { key, score: i / 3, tags: ['x', `t${i % 5}`] } });
  ask({ id: i, method: 'get', params: { key } });
  if (i % 10 === 0) ask({ id: i, method: 'list', params: {} });
}
console.log(bytes, records.size);
