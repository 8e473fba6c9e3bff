throw { code: 42, nested: { a: [1, 2] } }
