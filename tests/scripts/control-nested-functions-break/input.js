function find(m, t) { for (let i = 0; i < m.length; i++) for (let j = 0; j < m[i].length; j++) if (m[i][j] === t) return [i, j]; return null }
console.log(find([[1, 2], [3, 4]], 3), find([[1]], 5))
