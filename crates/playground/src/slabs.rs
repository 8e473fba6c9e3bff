//! The Buffer pool of a session: its slabs, and which Buffers hold on to them.

use semispace_heap::Ref;
use semispace_slab::{Pool, SlabId};

use crate::session::Session;

/// A Buffer that lies in a slab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlabView {
    /// The slab.
    pub slab: SlabId,
    /// Its first byte there.
    pub offset: u64,
    /// The Buffer.
    pub at: Ref,
}

impl Session {
    /// The Buffer pool, whose slices are those of the Buffers that are in the heap now, reachable or not: a slab is freed
    /// when they have been collected. Walks the whole heap.
    pub fn buffer_pool(&self) -> Pool {
        self.vm.buffer_pool()
    }

    /// The Buffers that lie in slabs, in the order of the heap. Walks the whole heap.
    pub fn slab_views(&self) -> Vec<SlabView> {
        let views = self.vm.slab_views().into_iter();
        views.map(|(slab, offset, at)| SlabView { slab, offset, at }).collect()
    }
}
