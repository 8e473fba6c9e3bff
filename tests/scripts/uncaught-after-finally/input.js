try { throw new RangeError('r') } finally { console.log('finally runs') }
