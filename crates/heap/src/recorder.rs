//! An observer that keeps what it sees, chosen by a mask at run time.

use crate::event::{EventMask, HeapEvent, Observer};
use std::collections::VecDeque;

/// Keeps the newest events of the wanted classes; counts what it had to drop.
#[derive(Clone, Debug)]
pub struct Recorder {
    mask: EventMask,
    events: VecDeque<HeapEvent>,
    capacity: usize,
    dropped: u64,
}

impl Default for Recorder {
    /// Records collections only, the last 4096 events.
    fn default() -> Self {
        Recorder::new(EventMask::COLLECTION, 4096)
    }
}

impl Recorder {
    /// Records the classes of `mask`, at most `capacity` events: the oldest make room.
    #[must_use]
    pub fn new(mask: EventMask, capacity: usize) -> Self {
        Recorder { mask, events: VecDeque::new(), capacity: capacity.max(1), dropped: 0 }
    }

    /// Changes what is wanted. Call `Heap::observer_changed` afterwards.
    pub fn set_mask(&mut self, mask: EventMask) {
        self.mask = mask;
    }

    /// The recorded events, oldest first.
    pub fn events(&self) -> impl Iterator<Item = &HeapEvent> {
        self.events.iter()
    }

    /// Takes the recorded events out, oldest first.
    pub fn drain(&mut self) -> impl Iterator<Item = HeapEvent> + '_ {
        self.events.drain(..)
    }

    /// Number of events that were dropped for want of room.
    #[must_use]
    pub const fn dropped(&self) -> u64 {
        self.dropped
    }
}

impl Observer for Recorder {
    #[inline(always)]
    fn mask(&self) -> EventMask {
        self.mask
    }

    fn observe(&mut self, event: HeapEvent) {
        if self.events.len() == self.capacity {
            self.events.pop_front();
            self.dropped += 1;
        }
        self.events.push_back(event);
    }
}
