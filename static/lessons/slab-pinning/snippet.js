// Small Buffers are cut from slabs of 8 KiB. A slab lives as long as anything points into it.

const mb = (bytes) => (bytes / 1048576).toFixed(1) + " MB";

// Keeps one byte and drops a neighbour of `size` bytes, 2000 times.
function keepOneByteEach(size) {
  const kept = [];
  for (let i = 0; i < 2000; i++) {
    kept.push(Buffer.allocUnsafe(1));
    Buffer.allocUnsafe(size);
  }
  gc();
  const held = process.memoryUsage().arrayBuffers;
  console.log(`neighbours of ${size} bytes: ${kept.length} bytes kept, ${mb(held)} held`);
}

// Too large for the pool: the single bytes share one slab.
keepOneByteEach(Buffer.poolSize);

// Just small enough for the pool: each round fills the rest of a slab, and the one byte pins all of it.
keepOneByteEach(Buffer.poolSize / 2 - 1);
