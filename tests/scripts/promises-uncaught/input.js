console.log('a'); Promise.reject(new TypeError('unhandled one')); setTimeout(() => console.log('never'), 5)
