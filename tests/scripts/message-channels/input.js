// Ports of one thread: clones of values arrive in later turns of the loop.
const w = require('worker_threads')
const { port1, port2 } = new w.MessageChannel()
const t = (f) => { try { console.log(f()) } catch (x) { console.log(x.constructor.name, x.name, x.code, x.message) } }
t(() => new w.MessagePort()); t(() => w.MessageChannel()); t(() => port1.postMessage()); t(() => port1.postMessage(() => {})); t(() => port1.postMessage(port2)); t(() => w.receiveMessageOnPort({})); t(() => port1.postMessage(1, 5)); t(() => new w.BroadcastChannel()); t(() => port1.postMessage(port1, [port1]));
port1.postMessage({ a: [1, new Map([[1, 2]])] }); console.log(w.receiveMessageOnPort(port2), w.receiveMessageOnPort(port2))
port2.on('message', (m) => { console.log('on', m); if (m === 'end') port1.close() }); port2.addEventListener('message', (e) => console.log(e.constructor.name, e.data, e.type, e.ports, e.origin, e.lastEventId, e.source, e.target === port2))
port2.onmessage = (e) => console.log('onmessage', e.data)
port2.once('message', (m) => console.log('once', m))
port1.on('close', () => console.log('close1')); port2.on('close', () => console.log('close2'))
port1.postMessage(1); port1.postMessage('two'); Promise.resolve().then(() => console.log('micro')); process.nextTick(() => console.log('tick')); port1.postMessage('end')
console.log(port2.listenerCount('message'), port2 instanceof EventTarget)
w.setEnvironmentData('a', 1); console.log(w.getEnvironmentData('a'))
const b1 = new BroadcastChannel('x'), b2 = new BroadcastChannel('x'); b2.onmessage = (e) => { console.log('b2', e.data); b1.close(); b2.close() }; b1.postMessage({ z: 1 }); console.log(b1.name, b1)
console.log(typeof MessageChannel, typeof MessageEvent, new MessageEvent('m', { data: 5 }).data)

// A port goes to the other side of another channel, bytes go with their buffer.
setTimeout(() => {
  const outer = new MessageChannel(), inner = new MessageChannel()
  outer.port2.once('message', ({ port, bytes }) => {
    port.postMessage(new Uint8Array(bytes))
    outer.port1.close()
  })
  inner.port1.once('message', (bytes) => {
    console.log(bytes, buffer.byteLength)
    inner.port1.close()
  })
  const { buffer } = new Uint8Array([1, 2, 3])
  outer.port1.postMessage({ port: inner.port2, bytes: buffer }, [inner.port2, buffer])
}, 50)
