const n = 1000, sieve = new Array(n + 1).fill(true); sieve[0] = sieve[1] = false
for (let i = 2; i * i <= n; i++) if (sieve[i]) for (let j = i * i; j <= n; j += i) sieve[j] = false
console.log(sieve.reduce((a, p, i) => p ? a + 1 : a, 0), sieve.lastIndexOf(true))
