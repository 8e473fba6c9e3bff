// Runs `main` of a WebAssembly program without imports. Prints the milliseconds.
import { readFileSync } from 'node:fs';

const bytes = readFileSync(process.argv[2]);
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes), {});
const start = process.hrtime.bigint();
exports.main(0, 0);
console.log(Number(process.hrtime.bigint() - start) / 1e6);
