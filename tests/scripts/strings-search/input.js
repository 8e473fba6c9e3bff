const s = 'the quick brown the'
console.log(s.indexOf('the'), s.indexOf('the', 1), s.lastIndexOf('the'), s.indexOf('zz'), s.indexOf(''), s.indexOf('', 99), s.includes('quick'), s.includes('the', 17), s.startsWith('the'), s.startsWith('quick', 4), s.endsWith('the'), s.endsWith('quick', 9), s.lastIndexOf('the', 5), s.lastIndexOf(''), s.indexOf('e', -5))
console.log('undefined'.includes(), 'abc'.indexOf(), 'a1'.includes(1))
