console.log([1000, 1234, 9949, 9950, 12345, 123456, 999499, 999500, 1e6, 1.5e9, 2e12, 0, 5, 99.5, -1234].map(n => new Intl.NumberFormat('en-US', { notation: 'compact' }).format(n)).join(' '));
