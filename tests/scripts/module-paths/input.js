console.log(Array.isArray(module.paths), module.paths[0] === (__dirname === '/' ? '' : __dirname) + '/node_modules', module.paths.at(-1))
console.log(module.paths.length === __dirname.split('/').filter(Boolean).length + 1)
