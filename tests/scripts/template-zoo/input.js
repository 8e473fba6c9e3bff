const tag = (s, ...v) => s.raw.join('|') + v.join(','); console.log(tag`a${1}b\n${2}c`, `multi
line ${`nested ${1 + 1}`}`, String.raw`\u00e9${1}`, ((s) => s)`x` === ((s) => s)`x`); const id = s => s; console.log(id`a\tb`, id`\unicode`);
