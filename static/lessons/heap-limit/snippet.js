// Node's classic: a heap that only grows.

const format = (bytes) => (bytes / 1024 / 1024).toFixed(2) + " MB";

function useMem() {
  const size = (20 * 1024 * 1024) / 32;
  const array = new Array(size);
  for (let i = 0; i < size; i++) array[i] = 0;
  return array;
}

const total = [];
for (let round = 0; round < 15; round++) {
  const { heapTotal, heapUsed } = process.memoryUsage();
  console.log(`heapTotal ${format(heapTotal)}  heapUsed ${format(heapUsed)}`);
  total.push(useMem());
}
console.log("never reached");
