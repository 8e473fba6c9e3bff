// Requests in lines of a log: matchAll, exec with a named group, replace with a function.
const kept = [];
let n = 0;
for (let i = 0; i < 15000; i++) {
  const line = 'GET /a/b?x=1&y=22 200 12ms; POST /c/d?z=333 404 7ms; PUT /e?q=4 500 99ms' + i;
  for (const match of line.matchAll(/(\w+) (\/[\w\/]*)\?([^ ]*) (\d+) (\d+)ms/g)) {
    n += match[4].length + match.index;
    if (i % 100 === 0) kept.push(match);
  }
  n += /(?<time>\d+)ms/.exec(line).groups.time.length;
  n += line.replace(/\d+/g, (digits) => digits + digits).length;
}
console.log(n, kept.length);
