process.on('unhandledRejection', (reason, promise) => {
  console.log('unhandled', reason.message, promise instanceof Promise)
})
process.on('rejectionHandled', () => console.log('handled later'))
const p = Promise.reject(new Error('late'))
setTimeout(() => p.catch(e => console.log('caught', e.message)), 5)
Promise.reject(new Error('in time')).catch(() => console.log('fine'))
console.log('main')
