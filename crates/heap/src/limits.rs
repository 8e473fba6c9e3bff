//! Limits: when new space grows, when the old generation is due for collection, when memory is out.
//!
//! The rules are V8's (`Heap::ConfigureInitialOldGenerationSize`, `MemoryController`, `Heap::SelectGarbageCollector`,
//! `Heap::CheckIneffectiveMarkCompact`), those of 3.14 where the profile says so.

use crate::config::HeapConfig;
use crate::event::{EventMask, HeapEvent, Observer};
use crate::heap::{Heap, Mutator};
use crate::page::SpaceKind;
use crate::profile::{KIB, LimitRule, MIB};
use crate::record::{CollectionKind, Figures};
use std::collections::VecDeque;
use std::fmt;

/// Why memory is out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OomReason {
    /// The old generation cannot expand after a full collection.
    ReachedHeapLimit,
    /// Four full collections in a row freed next to nothing near the limit.
    IneffectiveMarkCompacts,
}

impl OomReason {
    /// The words of V8's fatal error.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            OomReason::ReachedHeapLimit => "Reached heap limit",
            OomReason::IneffectiveMarkCompacts => "Ineffective mark-compacts near heap limit",
        }
    }
}

/// The heap cannot serve an allocation. It stays inspectable: walk, trace and verify it as before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct OutOfMemory {
    /// Which limit.
    pub reason: OomReason,
    /// Size of the allocation in bytes.
    pub requested: u64,
    /// Bytes in the old generation.
    pub old_used: u64,
}

impl fmt::Display for OutOfMemory {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} Allocation failed - JavaScript heap out of memory", self.reason.as_str())
    }
}

impl std::error::Error for OutOfMemory {}

/// How near the old generation is to its limit (V8: `IncrementalMarkingLimit`).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Pressure {
    /// Marking need not start.
    None,
    /// Marking should start when the embedder is idle.
    Soft,
    /// Marking must start.
    Hard,
}

/// Bytes a millisecond below which the mutator allocates next to nothing (V8: `kLowAllocationThroughput`).
const LOW_ALLOCATION_RATE: f64 = 1000.0;
/// Time over which the rate is taken (V8: `GCTracer::kThroughputTimeFrameMs`).
const RATE_WINDOW_NS: u64 = 5_000_000_000;
/// Survival ratios kept for the average (V8: `RingBuffer::kSize`).
const SURVIVAL_EVENTS: usize = 10;
/// Least growth of the limit after a full collection (V8: `MinimumAllocationLimitGrowingStep`).
const GROWING_STEP: u64 = 8 * MIB;
/// Bytes allocated young between two marking steps.
const YOUNG_STEP: u64 = 64 * KIB;
/// Mutator utilisation that the growing factor aims at.
const TARGET_UTILISATION: f64 = 0.97;
/// Utilisation below which a full collection near the limit counts as ineffective.
const INEFFECTIVE_UTILISATION: f64 = 0.4;
/// Ineffective full collections in a row that end the heap.
const INEFFECTIVE_IN_A_ROW: u32 = 4;

/// The moving limits and what they are computed from. Bytes and nanoseconds.
#[derive(Clone, Debug)]
pub(crate) struct Limits {
    /// Objects of more words are large.
    pub(crate) large_words: u32,
    /// Words allocated young between two marking steps.
    pub(crate) young_step_words: u64,
    /// Soft limit of the old generation.
    pub(crate) old_limit: u64,
    /// False until a full collection, or a survival ratio of 100 %, has settled the limit.
    configured: bool,
    /// Survived scavenges since new space last grew.
    pub(crate) survived_since_expansion: u64,
    survival: VecDeque<f64>,
    /// Allocated in or promoted to the old generation since the last full collection.
    pub(crate) old_allocated: u64,
    /// Mutator time and bytes allocated by then, at some of the collections of the last seconds.
    allocation_marks: VecDeque<(u64, u64)>,
    last_full_end_ns: u64,
    average_mutator_ns: f64,
    average_full_ns: f64,
    pub(crate) average_utilisation: f64,
    pub(crate) current_utilisation: f64,
    ineffective: u32,
}

impl Limits {
    pub(crate) fn new(config: &HeapConfig) -> Self {
        let word = u64::from(config.profile.word_bytes);
        Limits {
            large_words: (config.profile.large_object_bytes / word) as u32,
            young_step_words: YOUNG_STEP / word,
            old_limit: config.profile.initial_old_limit.min(config.old_max / 2),
            configured: config.profile.limit_rule == LimitRule::Fractions,
            survived_since_expansion: 0,
            survival: VecDeque::new(),
            old_allocated: 0,
            allocation_marks: VecDeque::from([(0, 0)]),
            last_full_end_ns: 0,
            average_mutator_ns: 0.0,
            average_full_ns: 0.0,
            average_utilisation: 1.0,
            current_utilisation: 1.0,
            ineffective: 0,
        }
    }

    /// Notes which share of new space survived a scavenge, in per cent.
    pub(crate) fn add_survival(&mut self, per_cent: f64) {
        if self.survival.len() == SURVIVAL_EVENTS {
            self.survival.pop_front();
        }
        self.survival.push_back(per_cent);
    }

    fn average_survival(&self) -> Option<f64> {
        let count = self.survival.len();
        (count > 0).then(|| self.survival.iter().sum::<f64>() / count as f64)
    }
}

impl<O: Observer> Heap<O> {
    /// Objects of the old generation, and the off-heap bytes of old owners that came since the last full collection.
    pub(crate) fn old_used_bytes(&self) -> u64 {
        let objects = self.bytes(self.old.used_words() + self.large.old_words);
        objects + (self.external.total - self.external.low).saturating_sub(self.external.young_bytes)
    }

    /// Committed pages of the old generation.
    pub(crate) fn old_committed_bytes(&self) -> u64 {
        self.old.pages.len() as u64 * self.config.profile.page_bytes + self.large_committed(&self.large.old)
    }

    fn old_available(&self) -> u64 {
        self.limits.old_limit.saturating_sub(self.old_used_bytes())
    }

    pub(crate) fn new_capacity_bytes(&self) -> u64 {
        u64::from(self.new.capacity_pages) * self.config.profile.page_bytes
    }

    /// May the old generation take `bytes` more under its hard limit?
    pub(crate) fn can_expand_old(&self, bytes: u64) -> bool {
        self.old_committed_bytes() + bytes <= self.config.old_max
    }

    /// May the mutator make the old generation grow by a page of `words` words, or is a collection due first?
    pub(crate) fn may_expand_old(&self, words: u32) -> bool {
        let due = self.old_available() == 0
            && if self.marking.active {
                self.marking.is_dry() && self.limit_overshot()
            } else {
                self.pressure() == Pressure::None
            };
        !due && self.can_expand_old(self.bytes(u64::from(words)))
    }

    /// The same for a large object. A young one must fit the capacity of new space beside the others, but the first
    /// always does; what counts for the limit is what is there already (V8: `NewLargeObjectSpace::AllocateRaw`), so the last
    /// one before out of memory goes beyond it. Unlike V8 an object that exceeds the limit by itself is refused.
    pub(crate) fn may_add_large(&self, words: u32, space: SpaceKind) -> bool {
        if space != SpaceKind::YoungLarge {
            return self.may_expand_old(words);
        }
        let used = self.bytes(self.large.young_words);
        let bytes = self.bytes(u64::from(words));
        let fits = used == 0 || used + bytes <= self.new_capacity_bytes();
        self.can_expand_old(used) && fits && bytes <= self.config.old_max
    }

    /// Is the limit exceeded so far that waiting for marking to end is no longer sensible?
    pub(crate) fn limit_overshot(&self) -> bool {
        let limit = self.limits.old_limit;
        let overshoot = self.old_used_bytes().saturating_sub(limit);
        let margin = (limit / 2).max(32 * MIB).min(self.config.old_max.saturating_sub(limit) / 2);
        overshoot > 0 && overshoot >= margin
    }

    /// Could the old generation take everything that a scavenge might promote?
    pub(crate) fn can_promote_all(&self) -> bool {
        self.can_expand_old(self.new_capacity_bytes() + self.bytes(self.large.young_words))
    }

    /// Must marking start?
    pub(crate) fn pressure(&self) -> Pressure {
        if self.old_used_bytes() <= self.config.profile.marking_floor {
            return Pressure::None;
        }
        match self.old_available() {
            0 => Pressure::Hard,
            room if room <= self.new_capacity_bytes() => Pressure::Soft,
            _ => Pressure::None,
        }
    }

    /// The figures that a decision looks at now.
    #[must_use]
    pub fn figures(&self) -> Figures {
        Figures {
            requested: self.cycle.requested,
            new_used: self.bytes(self.new.used_words(&self.cage) + self.large.young_words),
            new_capacity: self.new_capacity_bytes(),
            survived_since_expansion: self.limits.survived_since_expansion,
            old_used: self.old_used_bytes(),
            old_committed: self.old_committed_bytes(),
            old_limit: self.limits.old_limit,
            old_max: self.config.old_max,
        }
    }

    /// The capacity that a collection starts with: twice the present one if more survived since it last grew.
    pub(crate) fn new_capacity_after_growth(&self) -> u64 {
        let capacity = self.new_capacity_bytes();
        let grows = self.limits.survived_since_expansion > capacity && capacity < self.config.semi_space_max;
        if grows { (capacity * 2).min(self.config.semi_space_max) } else { capacity }
    }

    /// Before a collection: new space doubles if more survived since it last grew than it holds.
    pub(crate) fn grow_new_space(&mut self) {
        let capacity = self.new_capacity_bytes();
        let survived = self.limits.survived_since_expansion;
        let to_bytes = self.new_capacity_after_growth();
        if to_bytes == capacity {
            return;
        }
        self.new.capacity_pages = (to_bytes / self.config.profile.page_bytes) as u32;
        self.limits.survived_since_expansion = 0;
        self.emit(EventMask::SPACE, || HeapEvent::NewSpaceResized {
            from_bytes: capacity,
            to_bytes,
            survived_bytes: survived,
        });
    }

    /// After a collection: new space shrinks to twice what it holds when memory is to be given back, or when the mutator
    /// allocates next to nothing (V8: `Heap::ReduceNewSpaceSize`, `SemiSpaceNewSpace::Shrink`).
    pub(crate) fn reduce_new_space(&mut self, m: &impl Mutator) {
        let slow = self.note_allocation_rate(m).is_some_and(|rate| rate > 0.0 && rate < LOW_ALLOCATION_RATE);
        if !slow && self.cycle.kind != Some(CollectionKind::FullReduceMemory) {
            return;
        }
        let from_bytes = self.new_capacity_bytes();
        let page = self.config.profile.page_bytes;
        let live = self.bytes(self.new.used_words(&self.cage));
        let wanted = self.config.semi_space_initial.max(2 * live).div_ceil(page).max(1) as u32;
        if wanted >= self.new.capacity_pages {
            return;
        }
        self.new.shrink(&mut self.cage, wanted);
        let (to_bytes, survived_bytes) = (self.new_capacity_bytes(), 0);
        self.emit(EventMask::SPACE, || HeapEvent::NewSpaceResized { from_bytes, to_bytes, survived_bytes });
    }

    /// Bytes a millisecond that the mutator has allocated in the last five seconds or more; none as long as it has not
    /// run so long (V8: `GCTracer::CurrentAllocationThroughputInBytesPerMillisecond`).
    fn note_allocation_rate(&mut self, m: &impl Mutator) -> Option<f64> {
        let (now_ns, allocated) = (m.now_ns(), self.stats.allocated_bytes);
        let marks = &mut self.limits.allocation_marks;
        let long_ago = |&(at_ns, _): &(u64, u64)| now_ns.saturating_sub(at_ns) >= RATE_WINDOW_NS;
        while marks.get(1).is_some_and(long_ago) {
            marks.pop_front();
        }
        let rate = marks
            .front()
            .filter(|mark| long_ago(mark))
            .map(|&(at_ns, before)| (allocated - before) as f64 / ((now_ns - at_ns) as f64 / 1e6));
        if marks.back().is_none_or(|&(at_ns, _)| now_ns.saturating_sub(at_ns) >= RATE_WINDOW_NS / 8) {
            marks.push_back((now_ns, allocated));
        }
        rate
    }

    /// After a scavenge that started with `new_used` bytes: the first limit follows the survival ratio down until a
    /// full collection has settled it.
    pub(crate) fn settle_initial_limit(&mut self, new_used: u64, survived: u64) {
        self.limits.survived_since_expansion += survived;
        if new_used > 0 {
            self.limits.add_survival(survived as f64 / new_used as f64 * 100.0);
        }
        let Some(ratio) = self.limits.average_survival().filter(|_| !self.limits.configured) else { return };
        let scaled = (self.limits.old_limit as f64 * (ratio / 100.0)) as u64;
        let limit = scaled.max(self.old_used_bytes() + GROWING_STEP);
        if limit < self.limits.old_limit {
            self.limits.old_limit = limit;
        } else {
            self.limits.configured = true;
        }
    }

    /// After a full collection that took `full_ns` in all and ended at `end_ns`: the new limit, and the mutator's
    /// utilisation. `speed_bytes` is what the collector went through.
    pub(crate) fn settle_limit(&mut self, speed_bytes: u64, full_ns: u64, end_ns: u64) {
        let since_last = end_ns.saturating_sub(self.limits.last_full_end_ns);
        let mutator_ns = since_last.saturating_sub(full_ns);
        self.note_utilisation(mutator_ns as f64, full_ns as f64);
        self.limits.last_full_end_ns = end_ns;
        self.external.low = self.external.total;
        let size = self.old_used_bytes();
        let factor = self.growing_factor(speed_bytes, full_ns, mutator_ns);
        self.limits.old_limit = self.limit_after(size, factor);
        self.limits.old_allocated = 0;
        self.limits.configured = true;
        self.judge_effect(size);
    }

    fn note_utilisation(&mut self, mutator_ns: f64, full_ns: f64) {
        let limits = &mut self.limits;
        let first = limits.average_mutator_ns == 0.0 && limits.average_full_ns == 0.0;
        let mean = |old: f64, new: f64| if first { new } else { (old + new) / 2.0 };
        limits.average_mutator_ns = mean(limits.average_mutator_ns, mutator_ns);
        limits.average_full_ns = mean(limits.average_full_ns, full_ns);
        let share = |part: f64, rest: f64| if part + rest > 0.0 { part / (part + rest) } else { 1.0 };
        limits.average_utilisation = share(limits.average_mutator_ns, limits.average_full_ns);
        limits.current_utilisation = share(mutator_ns, full_ns);
    }

    fn growing_factor(&self, speed_bytes: u64, full_ns: u64, mutator_ns: u64) -> f64 {
        let largest = largest_factor(self.config.old_max);
        if full_ns == 0 || mutator_ns == 0 || self.limits.old_allocated == 0 {
            return largest;
        }
        let collector_speed = speed_bytes as f64 / full_ns as f64;
        let mutator_speed = self.limits.old_allocated as f64 / mutator_ns as f64;
        growing_factor(collector_speed / mutator_speed, largest)
    }

    fn limit_after(&self, size: u64, factor: f64) -> u64 {
        let new_capacity = self.new_capacity_bytes();
        let max = self.config.old_max;
        match self.config.profile.limit_rule {
            LimitRule::Fractions => ((size + size / 2).max(8 * MIB) + new_capacity).min(max),
            LimitRule::MutatorUtilisation => {
                let grown = ((size as f64 * factor) as u64).max(size + GROWING_STEP) + new_capacity;
                grown.min((size + max) / 2)
            }
        }
    }

    /// Is the heap at its end?
    fn judge_effect(&mut self, size: u64) {
        let near_limit = size as f64 >= self.config.old_max as f64 * 0.8;
        let ineffective = near_limit && self.limits.average_utilisation < INEFFECTIVE_UTILISATION;
        self.limits.ineffective = if ineffective { self.limits.ineffective + 1 } else { 0 };
        self.allocation.out_of_memory = if self.limits.ineffective >= INEFFECTIVE_IN_A_ROW {
            Some(OomReason::IneffectiveMarkCompacts)
        } else if !self.can_expand_old(0) {
            Some(OomReason::ReachedHeapLimit)
        } else {
            None
        };
    }
}

/// R(1-MU) / (R(1-MU) - MU), between 1.1 and the largest factor (V8: `MemoryController::DynamicGrowingFactor`).
fn growing_factor(speed_ratio: f64, largest: f64) -> f64 {
    let a = speed_ratio * (1.0 - TARGET_UTILISATION);
    let b = a - TARGET_UTILISATION;
    let factor = if a < b * largest { a / b } else { largest };
    factor.clamp(1.1, largest)
}

/// 4 for an old generation of 2 GiB or more; below, from 1.3 at 256 MiB in a straight line to 2
/// (V8: `MemoryController::MaxGrowingFactor`).
fn largest_factor(old_max: u64) -> f64 {
    let (small, big) = (256.0 * MIB as f64, 2048.0 * MIB as f64);
    let size = (old_max as f64).max(small);
    if size >= big { 4.0 } else { 1.3 + (size - small) * 0.7 / (big - small) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growing_factor_follows_the_speeds() {
        assert_eq!(growing_factor(1e9, 4.0), 1.1);
        assert_eq!(growing_factor(1.0, 4.0), 4.0);
        let factor = growing_factor(100.0, 4.0);
        assert!((factor - 3.0 / (3.0 - 0.97)).abs() < 1e-9);
    }

    #[test]
    fn small_heaps_grow_less() {
        assert_eq!(largest_factor(64 * MIB), 1.3);
        assert_eq!(largest_factor(2048 * MIB), 4.0);
        assert!((largest_factor(1152 * MIB) - 1.65).abs() < 1e-9);
    }
}
