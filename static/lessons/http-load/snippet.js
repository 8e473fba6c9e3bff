// A server under load: each answer is kept "for the statistics". The requests come from this session.

const http = require("http");
const { load } = require("semispace");

const history = [];

const server = http.createServer((request, response) => {
  const answer = { url: request.url, at: Date.now(), body: "hello ".repeat(20) + request.url };
  history.push(answer); // who ever takes it out again?
  response.setHeader("Content-Type", "text/plain");
  response.end(answer.body);
});

server.listen(3000, async () => {
  for (let second = 1; second <= 4; second++) {
    const result = await load({ count: 2000, perSecond: 2000, path: (n) => "/page/" + n });
    gc();
    const mb = (process.memoryUsage().heapUsed / 1048576).toFixed(2);
    console.log(`${second * 2000} requests, ${result.answered} answers with 200: ${result.statuses[200]}, ${mb} MB`);
  }
  server.close();
});
