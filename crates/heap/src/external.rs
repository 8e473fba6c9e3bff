//! Off-heap memory tied to heap objects: handles with a byte size, released when their owner dies.

use crate::event::Observer;
use crate::heap::{Heap, Mutator};
use crate::page::flag;
use crate::profile::MIB;
use crate::record::{CollectionKind, Reason};
use crate::word::Ref;

/// Growth of off-heap memory since the last full collection that is not worth one (V8: `kExternalAllocationSoftLimit`).
const SOFT_LIMIT: u64 = 64 * MIB;

/// Off-heap memory of young owners that is worth a scavenge. V8 waits for 32 MiB (`Heap::AllocateExternalBackingStore`: twice
/// the largest semi-space); three quarters of that keep a piped copy of any size below 30 MB.
const YOUNG_LIMIT: u64 = 24 * MIB;

/// Names one piece of off-heap memory.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ExternalHandle(pub u64);

#[derive(Clone, Copy, Debug)]
struct External {
    handle: ExternalHandle,
    owner: Ref,
    bytes: u64,
}

/// The account of off-heap memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExternalMemory {
    /// Owners that may be young.
    young: Vec<External>,
    old: Vec<External>,
    /// Bytes of the owners that may be young.
    pub(crate) young_bytes: u64,
    next: u64,
    /// Bytes of all handles and adjustments.
    pub(crate) total: u64,
    /// Lowest total since the last full collection.
    pub(crate) low: u64,
}

/// What a collection knows of an owner: its address now, or that it is dead.
type Fate = Option<Ref>;

impl<O: Observer> Heap<O> {
    /// Ties `bytes` of off-heap memory to `owner`: when the owner dies they are taken off the account and
    /// [`Mutator::external_released`] is told.
    pub fn register_external(&mut self, owner: Ref, bytes: u64) -> ExternalHandle {
        let handle = ExternalHandle(self.external.next);
        self.external.next += 1;
        let entry = External { handle, owner, bytes };
        if self.cage.flags_of(owner) & flag::YOUNG != 0 {
            self.external.young.push(entry);
            self.external.young_bytes += bytes;
        } else {
            self.external.old.push(entry);
        }
        self.adjust_external(i64::try_from(bytes).unwrap_or(i64::MAX));
        handle
    }

    /// Changes the bytes of a handle: its memory has grown, shrunk, or gone over to another owner.
    pub fn resize_external(&mut self, handle: ExternalHandle, bytes: u64) {
        let mut entries = self.external.young.iter_mut().chain(&mut self.external.old);
        let Some(entry) = entries.find(|entry| entry.handle == handle) else { return };
        let before = std::mem::replace(&mut entry.bytes, bytes);
        self.external.young_bytes = self.external.young.iter().map(|entry| entry.bytes).sum();
        self.adjust_external(bytes.cast_signed().saturating_sub_unsigned(before));
    }

    /// Adds to or takes from the account of off-heap bytes, for memory that the client itself ties to objects.
    pub fn adjust_external(&mut self, delta: i64) {
        self.external.total = self.external.total.saturating_add_signed(delta);
        self.external.low = self.external.low.min(self.external.total);
    }

    /// Young owners hold much off-heap memory: a scavenge frees what has died. Off-heap memory has grown by more than 64 MiB since the last full collection: starts marking, or drives it on;
    /// by more than half of the old generation's maximum: collects at once, to return memory
    /// (V8: `Heap::ReportExternalMemoryPressure`). The slow path of allocation does this too; call it after
    /// large off-heap allocations.
    pub fn relieve_external(&mut self, m: &mut impl Mutator) {
        if self.is_collecting() {
            return;
        }
        if self.external.young_bytes >= YOUNG_LIMIT {
            self.collect(m, CollectionKind::Minor, Reason::ExternalMemoryPressure);
        }
        let grown = self.external.total - self.external.low;
        if grown <= SOFT_LIMIT {
            return;
        }
        if grown > SOFT_LIMIT.max(self.config.old_max / 2) {
            self.collect(m, CollectionKind::FullReduceMemory, Reason::ExternalMemoryPressure);
        } else if self.marking.active {
            self.marking_step();
        } else {
            self.prepare_marking(m, Reason::ExternalMemoryPressure);
        }
    }

    /// Every piece of off-heap memory on the account: its owner, its name, its bytes.
    pub fn externals(&self) -> impl Iterator<Item = (Ref, ExternalHandle, u64)> + '_ {
        let entries = self.external.young.iter().chain(&self.external.old);
        entries.map(|entry| (entry.owner, entry.handle, entry.bytes))
    }

    /// Off-heap bytes on the account.
    #[must_use]
    pub const fn external_bytes(&self) -> u64 {
        self.external.total
    }

    /// After a scavenge: young owners have moved, been promoted or died.
    pub(crate) fn release_young_externals(&mut self, m: &mut impl Mutator) {
        let entries = std::mem::take(&mut self.external.young);
        self.external.young_bytes = 0;
        self.settle(m, entries, |heap, owner| heap.survivor(owner));
    }

    /// After marking: owners that are not marked have died.
    pub(crate) fn release_unmarked_externals(&mut self, m: &mut impl Mutator) {
        let mut entries = std::mem::take(&mut self.external.young);
        entries.append(&mut self.external.old);
        self.external.young_bytes = 0;
        self.settle(m, entries, |heap, owner| heap.cage.marks.is_marked(owner).then_some(owner));
    }

    fn settle(&mut self, m: &mut impl Mutator, entries: Vec<External>, fate: impl Fn(&Self, Ref) -> Fate) {
        for entry in entries {
            let Some(owner) = fate(self, entry.owner) else {
                self.adjust_external(-i64::try_from(entry.bytes).unwrap_or(i64::MAX));
                self.cycle.external_released += entry.bytes;
                m.external_released(entry.handle, entry.bytes);
                continue;
            };
            let entry = External { owner, ..entry };
            if self.cage.flags_of(owner) & flag::YOUNG != 0 {
                self.external.young_bytes += entry.bytes;
                self.external.young.push(entry);
            } else {
                self.external.old.push(entry);
            }
        }
    }

    /// After objects moved in a full collection: all owners are old now.
    pub(crate) fn update_external_owners(&mut self) {
        let mut entries = std::mem::take(&mut self.external.young);
        self.external.young_bytes = 0;
        entries.append(&mut self.external.old);
        for entry in &mut entries {
            entry.owner = self.current_address(entry.owner);
        }
        self.external.old = entries;
    }
}
