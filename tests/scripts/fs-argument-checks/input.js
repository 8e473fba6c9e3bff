// What the functions of fs say of wrong arguments, at once or when they are called back.
const fs = require('fs')
const t = (f) => { try { console.log(f()) } catch (x) { console.log(x.name, x.code, x.message) } }
const cb = () => {}
fs.writeSync(1, 'to the output\n')
console.log(fs.writeSync(1, Buffer.from('bytes of it\n'), 9))
for (const v of [null, 1.5, 'x', {}, -1, undefined]) { t(() => fs.close(v, cb)); t(() => fs.closeSync(v)); t(() => fs.fstat(v, cb)); t(() => fs.write(v, 'x', cb)); t(() => fs.readSync(v, Buffer.alloc(1))); t(() => fs.stat(v === 'x' ? 7 : v, cb)); t(() => fs.statSync(v === 'x' ? 7 : v)) }
for (const v of [false, 1, {}, [], null, undefined]) { t(() => fs.readlink(v, cb)); t(() => fs.readlinkSync(v)); t(() => fs.unlink(v, cb)); t(() => fs.mkdirSync(v)); t(() => fs.rename('a', v, cb)); t(() => fs.readdir(v, cb)); t(() => fs.existsSync(v)) }
t(() => fs.readFile('x', { encoding: 'foo-8' }, cb)); t(() => fs.readFileSync('x', 'foo-8')); t(() => fs.writeFileSync('x', 'y', 'foo-8')); t(() => fs.readdirSync('x', 'foo-8'));t(() => fs.readFile('x', 5, cb)); t(() => fs.readFile('x')); t(() => fs.writeFileSync('x', {})); t(() => fs.writeFileSync('x', 5)); t(() => fs.readFileSync('x', { flag: 'zz' })); t(() => fs.openSync('x', 'zz')); t(() => fs.openSync('x', 'r', 'zz')); t(() => fs.mkdirSync('x', { mode: 'zz' })); t(() => fs.mkdirSync('x', { recursive: 1 })); t(() => fs.rmSync('nothing')); t(() => fs.rmSync('nothing', { force: 1 })); t(() => fs.readFileSync('a\0b')); t(() => fs.readlinkSync('nothing')); t(() => fs.promises.readFile(5.5).catch((e) => console.log('p', e.code, e.message)) && 1); t(() => fs.copyFileSync('a', 2)); t(() => fs.appendFileSync(null, 'x')); t(() => fs.truncateSync('x', 'y')); t(() => fs.writeSync(1)); t(() => fs.exists('x'));
