'use strict'
// The module `fs/promises`.

const fs = require('fs')
const { NAMES } = require('internal/fs_callbacks')

const promises = { constants: fs.constants }
const promised = (work) => new $Promise((resolve, reject) => work((error, result) => (error ? reject(error) : resolve(result))))

for (const name of NAMES) {
  if (name === 'close' || name.startsWith('f') || name === 'open') continue
  promises[name] = (...args) => promised((callback) => fs[name](...args, callback))
}

class FileHandle {
  constructor(fd) {
    this.fd = fd
  }
  read(buffer, ...args) {
    return promised((callback) => fs.read(this.fd, buffer, ...args, (error, bytesRead) => callback(error, { bytesRead, buffer })))
  }
  write(buffer, ...args) {
    return promised((callback) => fs.write(this.fd, buffer, ...args, (error, bytesWritten) => callback(error, { bytesWritten, buffer })))
  }
  readFile(options) {
    return promised((callback) => fs.readFile(this.fd, options, callback))
  }
  writeFile(data, options) {
    return promised((callback) => fs.writeFile(this.fd, data, options, callback))
  }
  stat() {
    return promised((callback) => fs.fstat(this.fd, callback))
  }
  truncate(size) {
    return promised((callback) => fs.ftruncate(this.fd, size, callback))
  }
  close() {
    return promised((callback) => fs.close(this.fd, callback))
  }
}

promises.open = (path, flags) => promised((callback) => fs.open(path, flags ?? 'r', callback)).then((fd) => new FileHandle(fd))

module.exports = promises
