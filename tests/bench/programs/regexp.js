// Regular expressions over made-up log lines.
const lines = [];
for (let i = 0; i < 12000; i++) {
  lines.push(`2024-0${(i % 9) + 1}-1${i % 10}T0${i % 10}:15:${10 + (i % 50)}Z ${i % 13 === 0 ? "ERROR" : "info"} ` +
    `[worker-${i % 8}] GET /api/items/${i}?page=${i % 5}&q=term${i % 17} took ${i % 997}.${i % 10} ms from 10.0.${i % 256}.${(i * 7) % 256}`);
}
const stamp = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})Z/;
const request = /\b(GET|POST) (\/[\w\/]+)(?:\?(\S*))?/;
const address = /\b(?:\d{1,3}\.){3}\d{1,3}\b/g;
let errors = 0, time = 0, pages = 0, hosts = 0, length = 0;
for (let round = 0; round < 3; round++) {
  for (const line of lines) {
    if (/\bERROR\b/.test(line)) errors++;
    const when = stamp.exec(line);
    time += Number(when[4]) * 3600 + Number(when[6]);
    const [, , , query] = line.match(request);
    for (const pair of query.split("&")) if (/^page=[0-2]$/.test(pair)) pages++;
    hosts += (line.match(address) || []).length;
    length += line.replace(/(\d+)\.(\d) ms/, "$2.$1 s").replace(/[aeiou]/g, "").length;
  }
}
console.log("errors", errors, "time", time, "pages", pages, "hosts", hosts, "length", length);
