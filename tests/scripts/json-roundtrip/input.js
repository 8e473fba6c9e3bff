const data = { n: [0, -1, 1.5, 1e100], s: 'é😀"\\', nested: { deep: [{ x: [[]] }] }, t: true, z: null }
const text = JSON.stringify(data); console.log(text === JSON.stringify(JSON.parse(text)), text.length)
const big = Array.from({ length: 500 }, (_, i) => ({ id: i, name: 'item ' + i, tags: ['a', 'b'].slice(0, i % 3) })); console.log(JSON.stringify(JSON.parse(JSON.stringify(big))) === JSON.stringify(big), JSON.stringify(big).length)
