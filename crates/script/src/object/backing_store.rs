//! Backing stores: the bytes of ArrayBuffers, outside the heap.
//!
//! A store is a table of chunks that come into being when they are first written to, so that a zero-filled buffer of
//! 200 MB costs nothing until then. The heap counts a store's bytes on its account of external memory and says when
//! the buffer that owns it has died ([`Stores::release`]).

use rustc_hash::FxHashMap;
use semispace_heap::ExternalHandle;

const CHUNK_SHIFT: u32 = 16;
/// Bytes of a chunk; the last one of a store is shorter. A multiple of every element size.
const CHUNK: u64 = 1 << CHUNK_SHIFT;

/// Number of a store. A number is not used again before the buffer that owns the store has died.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoreId(pub u32);

impl StoreId {
    /// The store of buffers that have none: empty for ever.
    pub const EMPTY: Self = Self(0);
}

/// The bytes of one buffer.
#[derive(Clone, Debug, Default)]
pub struct Store {
    length: u64,
    /// The most that `length` can become.
    capacity: u64,
    chunks: Vec<Option<Box<[u8]>>>,
}

impl Store {
    fn new(length: u64, capacity: u64) -> Self {
        Self { length, capacity: capacity.max(length), chunks: Vec::new() }
    }

    /// Bytes.
    #[inline(always)]
    pub const fn len(&self) -> u64 {
        self.length
    }

    /// Whether there are no bytes.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The little-endian number in `size` bytes at a multiple of `size`; they must lie within the store.
    #[inline(always)]
    pub fn read_aligned(&self, at: u64, size: u32) -> u64 {
        let Some(Some(chunk)) = self.chunks.get((at >> CHUNK_SHIFT) as usize) else { return 0 };
        let from = (at & (CHUNK - 1)) as usize;
        match size {
            1 => u64::from(chunk[from]),
            2 => u64::from(u16::from_le_bytes([chunk[from], chunk[from + 1]])),
            4 => chunk[from..].first_chunk().map_or(0, |bytes| u64::from(u32::from_le_bytes(*bytes))),
            _ => chunk[from..].first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes)),
        }
    }

    /// Writes the lower `size` bytes of a number at a multiple of `size`; they must lie within the store.
    #[inline(always)]
    pub fn write_aligned(&mut self, at: u64, size: u32, bits: u64) {
        let from = (at & (CHUNK - 1)) as usize;
        let chunk = self.chunk_mut((at >> CHUNK_SHIFT) as usize);
        match size {
            1 => chunk[from] = bits as u8,
            2 => chunk[from..from + 2].copy_from_slice(&(bits as u16).to_le_bytes()),
            4 => chunk[from..from + 4].copy_from_slice(&(bits as u32).to_le_bytes()),
            _ => chunk[from..from + 8].copy_from_slice(&bits.to_le_bytes()),
        }
    }

    #[inline(always)]
    fn chunk_mut(&mut self, index: usize) -> &mut [u8] {
        if !matches!(self.chunks.get(index), Some(Some(_))) {
            self.make_chunk(index);
        }
        self.chunks[index].as_deref_mut().unwrap_or_default()
    }

    #[cold]
    fn make_chunk(&mut self, index: usize) {
        if index >= self.chunks.len() {
            self.chunks.resize(index + 1, None);
        }
        let rest = self.capacity.next_multiple_of(8) - index as u64 * CHUNK;
        self.chunks[index] = Some(vec![0; rest.min(CHUNK) as usize].into_boxed_slice());
    }

    /// Copies bytes out; what lies behind the end reads as zero.
    pub fn read(&self, at: u64, bytes: &mut [u8]) {
        for (at, piece) in pieces(at, bytes.len() as u64) {
            let target = &mut bytes[piece];
            let from = (at & (CHUNK - 1)) as usize;
            match self.chunks.get((at >> CHUNK_SHIFT) as usize) {
                Some(Some(chunk)) if from + target.len() <= chunk.len() => {
                    target.copy_from_slice(&chunk[from..from + target.len()]);
                }
                _ => target.fill(0),
            }
        }
    }

    /// Copies bytes in. They must lie within the store.
    pub fn write(&mut self, at: u64, bytes: &[u8]) {
        for (at, piece) in pieces(at, bytes.len() as u64) {
            let source = &bytes[piece];
            let from = (at & (CHUNK - 1)) as usize;
            self.chunk_mut((at >> CHUNK_SHIFT) as usize)[from..from + source.len()].copy_from_slice(source);
        }
    }

    /// Fills bytes, which must lie within the store. Zeros take no memory where nothing was written.
    pub fn fill(&mut self, at: u64, count: u64, byte: u8) {
        for (at, piece) in pieces(at, count) {
            let index = (at >> CHUNK_SHIFT) as usize;
            if byte == 0 && !matches!(self.chunks.get(index), Some(Some(_))) {
                continue;
            }
            let from = (at & (CHUNK - 1)) as usize;
            self.chunk_mut(index)[from..from + piece.len()].fill(byte);
        }
    }

    /// Whether anything was written into the chunk of a byte.
    fn is_written(&self, at: u64) -> bool {
        matches!(self.chunks.get((at >> CHUNK_SHIFT) as usize), Some(Some(_)))
    }

    fn resize(&mut self, length: u64) {
        if length < self.length {
            self.fill(length, self.length - length, 0);
        }
        self.length = length.min(self.capacity);
    }
}

/// Cuts `count` bytes from `at` on where chunks end: the address and the place among the bytes of each piece.
fn pieces(at: u64, count: u64) -> impl Iterator<Item = (u64, std::ops::Range<usize>)> {
    let mut done = 0;
    std::iter::from_fn(move || {
        let start = at + done;
        let length = (CHUNK - (start & (CHUNK - 1))).min(count - done);
        let piece = done as usize..(done + length) as usize;
        done += length;
        (length > 0).then_some((start, piece))
    })
}

/// All backing stores of a machine.
#[derive(Clone, Debug)]
pub struct Stores {
    stores: Vec<Store>,
    free: Vec<u32>,
    owners: FxHashMap<u64, StoreId>,
    bytes: u64,
}

impl Default for Stores {
    fn default() -> Self {
        Self { stores: vec![Store::default()], free: Vec::new(), owners: FxHashMap::default(), bytes: 0 }
    }
}

impl Stores {
    /// A store.
    #[inline(always)]
    pub fn get(&self, id: StoreId) -> &Store {
        &self.stores[id.0 as usize]
    }

    /// A store, to write to.
    #[inline(always)]
    pub fn get_mut(&mut self, id: StoreId) -> &mut Store {
        &mut self.stores[id.0 as usize]
    }

    /// Bytes of all stores.
    pub const fn bytes(&self) -> u64 {
        self.bytes
    }

    /// A zero-filled store that can grow to `capacity` bytes.
    pub fn create(&mut self, length: u64, capacity: u64) -> StoreId {
        let store = Store::new(length, capacity);
        self.bytes += length;
        match self.free.pop() {
            Some(index) => {
                self.stores[index as usize] = store;
                StoreId(index)
            }
            None => {
                self.stores.push(store);
                StoreId(self.stores.len() as u32 - 1)
            }
        }
    }

    /// Notes which handle of the heap's account stands for the store.
    pub fn own(&mut self, handle: ExternalHandle, id: StoreId) {
        self.owners.insert(handle.0, id);
    }

    /// The owner behind a handle has died, and its store with it.
    pub fn release(&mut self, handle: ExternalHandle) -> Option<StoreId> {
        let id = self.owners.remove(&handle.0)?;
        self.bytes -= self.get(id).len();
        *self.get_mut(id) = Store::default();
        self.free.push(id.0);
        Some(id)
    }

    /// Changes the length of a store within its capacity.
    pub fn resize(&mut self, id: StoreId, length: u64) {
        self.bytes = self.bytes + length - self.get(id).len();
        self.get_mut(id).resize(length);
    }

    /// Moves a store's bytes to a new store of another length and capacity; the old one is left empty.
    pub fn transfer(&mut self, from: StoreId, length: u64, capacity: u64) -> StoreId {
        let id = self.create(length, capacity);
        let count = self.get(from).len().min(length);
        let fits = self.get(from).capacity == self.get(id).capacity;
        if fits {
            let chunks = std::mem::take(&mut self.get_mut(from).chunks);
            self.get_mut(id).chunks = chunks;
        } else {
            self.copy((from, 0), (id, 0), count);
        }
        self.resize(from, 0);
        *self.get_mut(from) = Store::default();
        id
    }

    /// Copies bytes between stores, or within one as `memmove` does. What was never written is not made real.
    pub fn copy(&mut self, from: (StoreId, u64), to: (StoreId, u64), count: u64) {
        let backwards = from.0 == to.0 && from.1 < to.1;
        let mut parts: Vec<(u64, u64)> =
            pieces(from.1, count).map(|(at, piece)| (at, piece.len() as u64)).collect();
        if backwards {
            parts.reverse();
        }
        let mut buffer = Vec::new();
        for (at, length) in parts {
            let target = to.1 + (at - from.1);
            if self.get(from.0).is_written(at) {
                buffer.resize(length as usize, 0);
                self.get(from.0).read(at, &mut buffer);
                self.get_mut(to.0).write(target, &buffer);
            } else {
                self.get_mut(to.0).fill(target, length, 0);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_written_reads_as_zero_and_costs_nothing() {
        let mut stores = Stores::default();
        let id = stores.create(200 << 20, 200 << 20);
        assert_eq!(stores.get(id).read_aligned(123 << 20, 8), 0);
        stores.get_mut(id).fill(0, 200 << 20, 0);
        assert!(stores.get(id).chunks.is_empty());
        stores.get_mut(id).write_aligned((200 << 20) - 8, 8, 7);
        assert_eq!(stores.get(id).chunks.iter().flatten().count(), 1);
        assert_eq!(stores.bytes(), 200 << 20);
    }

    #[test]
    fn copies_cross_chunks_and_overlap() {
        let mut stores = Stores::default();
        let id = stores.create(3 * CHUNK, 3 * CHUNK);
        let pattern: Vec<u8> = (0..=255).cycle().take(CHUNK as usize + 100).collect();
        stores.get_mut(id).write(CHUNK - 50, &pattern);
        stores.copy((id, CHUNK - 50), (id, CHUNK - 20), pattern.len() as u64);
        let mut found = vec![0; pattern.len()];
        stores.get(id).read(CHUNK - 20, &mut found);
        assert_eq!(found, pattern);
        stores.copy((id, CHUNK - 20), (id, CHUNK - 50), pattern.len() as u64);
        stores.get(id).read(CHUNK - 50, &mut found);
        assert_eq!(found, pattern);
    }

    #[test]
    fn numbers_are_given_again_only_after_the_release() {
        let mut stores = Stores::default();
        let first = stores.create(8, 8);
        stores.own(ExternalHandle(5), first);
        let second = stores.transfer(first, 8, 8);
        assert_ne!(first, second);
        assert!(stores.get(first).is_empty());
        assert_ne!(stores.create(8, 8), first);
        stores.release(ExternalHandle(5));
        assert_eq!(stores.create(8, 8), first);
    }
}
