//! The heap that Node itself has when a script begins.
//!
//! Before the first line runs, Node's own code and data fill some 3 MB, of which this engine needs a thirtieth. They
//! count wherever the collector looks at sizes: in `heapUsed`, in the limits, in when marking starts. So that these come
//! out as Node's, the difference is made up by real, opaque objects: raw chunks in old space that live as long as the
//! machine, others that the first full collection finds dead, and small young ones. How much of each stands in the
//! profile ([`semispace_heap::StartUpHeap`]).

use semispace_heap::{OutOfMemory, Ref, StartUpHeap, Word};

use crate::value::{self, FIXED_LENGTH, FIXED_SLOTS, shapes};
use crate::vm::{Abrupt, Vm};

/// Words of a chunk: sixteen fill a page of 256 KiB.
const CHUNK_WORDS: u32 = 2013;
/// Words of a young chunk.
const YOUNG_CHUNK_WORDS: u32 = 32;

/// Whether the machine holds a chunk.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Lives,
    Dies,
}

impl Vm {
    /// Fills the heap up to what Node has at this point; in a small heap, to at most half of it.
    pub(super) fn fill_start_up_heap(&mut self) -> Result<(), OutOfMemory> {
        let config = self.heap.config();
        let (start_up, half) = (config.profile.start_up, config.old_max / 2);
        self.new_number_strings()?;
        self.fill_old(start_up.old_live_bytes.min(half), Fate::Lives)?;
        self.fill_old((start_up.old_live_bytes + start_up.old_dead_bytes).min(half), Fate::Dies)?;
        self.fill_young(start_up.young_live_bytes, Fate::Lives)?;
        self.fill_young(start_up.young_dead_bytes, Fate::Dies)
    }

    /// Before the first line is printed: Node makes the stream then.
    pub(crate) fn open_output(&mut self) -> Result<(), Abrupt> {
        if self.written > 0 || self.roots.start_up.is_empty() {
            return Ok(());
        }
        let start_up = self.heap.config().profile.start_up;
        self.fill_output(start_up).map_err(Abrupt::OutOfMemory)
    }

    fn fill_output(&mut self, start_up: StartUpHeap) -> Result<(), OutOfMemory> {
        let old = self.heap.figures().old_used;
        self.fill_held(start_up.output_held_bytes)?;
        self.fill_old(old + start_up.output_old_bytes, Fate::Dies)?;
        self.fill_young(start_up.output_live_bytes, Fate::Lives)?;
        self.fill_young(start_up.output_dead_bytes, Fate::Dies)
    }

    fn fill_old(&mut self, until_bytes: u64, fate: Fate) -> Result<(), OutOfMemory> {
        while self.heap.figures().old_used < until_bytes {
            let chunk = self.heap.allocate_old(&mut self.roots, value::START_UP, 0, CHUNK_WORDS)?;
            self.settle(chunk, fate);
        }
        Ok(())
    }

    fn fill_young(&mut self, bytes: u64, fate: Fate) -> Result<(), OutOfMemory> {
        for _ in 0..self.young_chunks(bytes) {
            let chunk = self.young_chunk()?;
            self.settle(chunk, fate);
        }
        Ok(())
    }

    /// Young chunks that a dead old object holds.
    fn fill_held(&mut self, bytes: u64) -> Result<(), OutOfMemory> {
        let slots = FIXED_SLOTS..FIXED_SLOTS + self.young_chunks(bytes);
        if slots.is_empty() {
            return Ok(());
        }
        let holder =
            self.heap.allocate_old(&mut self.roots, value::FIXED_ARRAY, shapes::INTERNAL, slots.end)?;
        self.heap.init(holder, FIXED_LENGTH, Word::smi((slots.end - slots.start) as i32));
        self.heap.fill_slots(holder, slots.clone(), value::UNDEFINED);
        let mark = self.roots.handle_mark();
        let holder = self.handle(Word::reference(holder));
        for slot in slots {
            let chunk = self.young_chunk()?;
            self.heap.set(self.ref_at(holder), slot, Word::reference(chunk));
        }
        self.roots.release_handles(mark);
        Ok(())
    }

    /// How many of them make up so many bytes.
    fn young_chunks(&self, bytes: u64) -> u32 {
        (bytes / u64::from(YOUNG_CHUNK_WORDS * self.heap.config().profile.word_bytes)) as u32
    }

    fn young_chunk(&mut self) -> Result<Ref, OutOfMemory> {
        self.heap.allocate(&mut self.roots, value::START_UP, 0, YOUNG_CHUNK_WORDS)
    }

    fn settle(&mut self, chunk: Ref, fate: Fate) {
        if fate == Fate::Lives {
            self.roots.start_up.push(Word::reference(chunk));
        }
    }
}
