// Hashes, HMACs, their errors, and hashes as streams.
const crypto = require('crypto')

const attempt = (f) => {
  try {
    console.log(f())
  } catch (error) {
    console.log(error.name, error.code, error.message)
  }
}

const texts = ['', 'a', 'abc', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'y'.repeat(111), 'y'.repeat(112), 'y'.repeat(1000), 'äöü€😀']
for (const algorithm of ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']) {
  for (const text of texts) {
    console.log(algorithm, text.length, crypto.createHash(algorithm).update(text).digest('hex'))
    console.log(algorithm, text.length, crypto.createHmac(algorithm, 'key').update(text).digest('base64'))
  }
  console.log(crypto.createHmac(algorithm, 'k'.repeat(200)).update('long key').digest('hex'))
  const parts = crypto.createHash(algorithm)
  for (let n = 0; n < 50; n++) parts.update('part '.repeat(n))
  const copy = parts.copy()
  console.log(parts.digest('base64url'), copy.update('more').digest('hex'))
}
console.log(crypto.createHash('sha256').update(Buffer.alloc(3000000, 'abcdefg')).digest('hex'))
console.log(crypto.createHash('SHA256').update('a', 'latin1').digest('base64url'))
console.log(crypto.createHash('RSA-SHA256').update('ff', 'hex').digest())
console.log(crypto.createHash('sha1').update(new Uint16Array([1, 2, 3])).update(new DataView(new ArrayBuffer(4), 1)).digest('latin1').length)
console.log(crypto.createHash('sha1').update('a').digest('buffer'))
console.log(['md5', 'sha1', 'sha256', 'sha512'].every((name) => crypto.getHashes().includes(name)))

attempt(() => crypto.createHash('md5'))
attempt(() => crypto.createHmac('md5', 'k'))
attempt(() => crypto.createHash(5))
attempt(() => crypto.createHash('nope'))
attempt(() => crypto.createHash('sha256').update(5))
attempt(() => crypto.createHash('sha256').update(new ArrayBuffer(3)))
attempt(() => crypto.createHash('sha256').update('abc', 'hex'))
attempt(() => crypto.createHmac('nope', 'k'))
attempt(() => crypto.createHmac('md5', 5))
attempt(() => crypto.createHmac('md5'))
const used = crypto.createHash('md5')
used.digest()
attempt(() => used.digest())
attempt(() => used.update('x'))
attempt(() => used.copy())
attempt(() => used)
const mac = crypto.createHmac('md5', Buffer.from('k')).update('a')
attempt(() => [mac.digest('hex'), mac.digest('hex'), mac.digest()])
attempt(() => mac.update('b'))

attempt(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('a')))
attempt(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('b')))
attempt(() => crypto.timingSafeEqual(Buffer.from('a'), Buffer.from('ab')))
attempt(() => crypto.timingSafeEqual('a', Buffer.from('ab')))
attempt(() => [new crypto.Hash('md5') instanceof crypto.Hash, crypto.Hash('md5') instanceof require('stream').Transform])

const written = crypto.createHash('sha256')
written.on('readable', () => {
  const data = written.read()
  if (data) console.log('readable', data.toString('hex'))
})
written.write('some')
written.end(' data')
const piped = crypto.createHash('sha1').setEncoding('hex')
require('stream').Readable.from(['one', 'two', 'three']).pipe(piped).on('finish', () => console.log('piped', piped.read()))
