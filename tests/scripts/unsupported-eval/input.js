console.log('before')
eval('1 + 1')
