// The same copy twice: chunk by chunk, then with the whole file in memory.

const fs = require("fs");
const { makeFile } = require("semispace");

const SIZE = 64 * 1048576;
makeFile("movie.txt", SIZE); // generated text: the file itself takes no memory

let most = 0;
const look = () => (most = Math.max(most, process.memoryUsage().arrayBuffers));
const mb = (bytes) => (bytes / 1048576).toFixed(1) + " MB";

const reader = fs.createReadStream("movie.txt");
const writer = fs.createWriteStream("copy.txt");
reader.on("data", look);
reader.pipe(writer).on("finish", () => {
  console.log(`piped: ${fs.statSync("copy.txt").size} bytes, at most ${mb(most)} in Buffers`);

  most = 0;
  const whole = fs.readFileSync("movie.txt");
  look();
  fs.writeFileSync("copy2.txt", whole);
  console.log(`whole: ${fs.statSync("copy2.txt").size} bytes, at most ${mb(most)} in Buffers`);
});
