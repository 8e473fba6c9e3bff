console.log(1)
throw 'just a string'
