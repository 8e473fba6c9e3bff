// path.win32.
const { win32 } = require('path')
const samples = ['C:\\a\\..\\b', 'C:a', 'C:', 'c:\\', '\\\\server\\share\\x\\..', '\\\\server\\share', '//a/b/c', '\\a\\b', 'a/b\\c/', './../x', '..\\..', '', '.', 'C:\\..\\..\\x', 'file.txt', 'C:\\dir\\file.tar.gz', 'C:file', '.\\C:\\x', '\\\\.\\pipe\\x', '//', '\\', 'x\\\\y', 'C:/x/./y/', '\\\\?\\C:\\x', 'no:\\thing', 'D:\\a b\\c d.e', 'a\\b\\..\\..\\..\\c', '\\\\server', 'C:\\\\\\x\\\\y.js', ' .js', '..ext', 'a..b.', 'C:\\x\\.hidden']
for (const sample of samples) console.log(JSON.stringify([sample, win32.normalize(sample), win32.isAbsolute(sample), win32.dirname(sample), win32.basename(sample), win32.extname(sample), win32.parse(sample), win32.join(sample, '..', 'z'), win32.join('a', sample), win32.resolve('C:\\base', sample), win32.toNamespacedPath('C:\\q\\' + sample), win32.relative('C:\\one\\two', win32.resolve('C:\\one', sample))]))
console.log(win32.format({ dir: 'C:\\x', base: 'y' }), win32.format({ root: 'C:\\', name: 'a', ext: 'b' }), win32.relative('C:\\a', 'd:\\b'), win32.relative('C:\\A\\b', 'c:\\a\\c'), win32.basename('a.html', '.html'), win32.sep, win32.delimiter)

const path = require('path'), { posix } = path
console.log(path.posix === path, win32.posix === path, win32.win32 === win32, typeof require('path/win32').join)
for (const sample of ['/home/a//b', '//a', '//a//', 'a//b', '/', '', 'a/', '/x/', './a.b']) console.log(sample, posix.dirname(sample), posix.parse(sample), posix.format(posix.parse(sample)))
for (const bad of [() => path.format(null), () => path.format('x'), () => path.format({}), () => path.relative(1), () => path.relative('a'), () => path.parse(1), () => win32.resolve('a', 1), () => win32.relative('a'), () => win32.format(5)]) {
  try { console.log(JSON.stringify(bad())) } catch (error) { console.log(error.code, error.message) }
}
console.log(path.format({ dir: '/a', root: '/', name: 'n', ext: 'e' }), path.format({ root: '/', base: 'b' }), path.basename('.js', '.js'), path.toNamespacedPath(5))
