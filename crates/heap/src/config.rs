//! Configuration of one heap: a profile, the limits that flags override, stress switches and the cost model.

use crate::profile::{KIB, MIB, PROFILES, Profile};

/// Virtual cost of collector work, in picoseconds a word, and a fixed part a collection in nanoseconds.
///
/// The heap knows no time; pauses are computed from these costs, so a run is reproducible bit for bit. The
/// defaults are those of V8 on the machine that the fidelity figures were recorded on (800 MB/s copied,
/// 29 M objects of 56 bytes a second marked, 1 GB/s evacuated).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CostModel {
    /// Copying or promoting one word in a scavenge.
    pub copy_word_ps: u64,
    /// Marking one word.
    pub mark_word_ps: u64,
    /// Sweeping one word of a page.
    pub sweep_word_ps: u64,
    /// Evacuating one word.
    pub evacuate_word_ps: u64,
    /// Visiting one root or remembered slot.
    pub slot_ps: u64,
    /// Fixed cost of a scavenge in nanoseconds.
    pub scavenge_ns: u64,
    /// Fixed cost of a full collection in nanoseconds.
    pub full_ns: u64,
    /// Fixed cost of an incremental step in nanoseconds.
    pub step_ns: u64,
}

impl Default for CostModel {
    fn default() -> Self {
        CostModel {
            copy_word_ps: 10_000,
            mark_word_ps: 4_900,
            sweep_word_ps: 300,
            evacuate_word_ps: 8_000,
            slot_ps: 5_000,
            scavenge_ns: 300_000,
            full_ns: 1_500_000,
            step_ns: 20_000,
        }
    }
}

/// Configuration of one heap. Start from a profile and override what flags say.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct HeapConfig {
    /// Policy constants.
    pub profile: Profile,
    /// First capacity of a semi-space in bytes (`--min-semi-space-size`).
    pub semi_space_initial: u64,
    /// Largest capacity of a semi-space in bytes (`--max-semi-space-size`, `--max-new-space-size`).
    pub semi_space_max: u64,
    /// Maximum of the old generation in bytes (`--max-old-space-size`).
    pub old_max: u64,
    /// Most that all pages together may take, in bytes; by default only addresses limit it (32 GiB of 8-byte words).
    pub cage_max: u64,
    /// Collect at every Nth allocation (`--stress-gc N`), alternating scavenges and full collections.
    pub stress_gc: Option<u32>,
    /// Evacuate every page in every full collection (`--stress-compaction`).
    pub stress_compaction: bool,
    /// Run the verifier before and after each collection (`--verify-heap`).
    pub verify: bool,
    /// Overwrite freed memory with a pattern that no word has.
    pub poison: bool,
    /// Virtual cost of collector work.
    pub cost: CostModel,
}

impl Default for HeapConfig {
    fn default() -> Self {
        HeapConfig::from(&PROFILES[0])
    }
}

impl From<&Profile> for HeapConfig {
    /// The profile's own limits on a machine with 16 GiB of memory.
    fn from(profile: &Profile) -> Self {
        HeapConfig::on_machine(profile, 16 * 1024 * MIB)
    }
}

impl HeapConfig {
    /// The profile's own limits on a machine with this many bytes of memory.
    #[must_use]
    pub fn on_machine(profile: &Profile, physical_memory: u64) -> Self {
        HeapConfig {
            profile: *profile,
            semi_space_initial: profile.semi_space_initial,
            semi_space_max: profile.semi_space_max,
            old_max: profile.old_max_bytes(physical_memory),
            cage_max: u64::MAX,
            stress_gc: None,
            stress_compaction: false,
            verify: false,
            poison: false,
            cost: CostModel::default(),
        }
    }

    /// `--max-old-space-size`, in MiB.
    pub fn set_max_old_space_mb(&mut self, mb: u64) {
        self.old_max = mb.saturating_mul(MIB).max(MIB);
    }

    /// `--max-semi-space-size`, in MiB. The first capacity never exceeds it.
    pub fn set_max_semi_space_mb(&mut self, mb: u64) {
        self.semi_space_max = self.whole_pages(mb.saturating_mul(MIB));
        self.semi_space_initial = self.semi_space_initial.min(self.semi_space_max);
    }

    /// `--min-semi-space-size`, in MiB. The largest capacity is never below it.
    pub fn set_min_semi_space_mb(&mut self, mb: u64) {
        self.semi_space_initial = self.whole_pages(mb.saturating_mul(MIB));
        self.semi_space_max = self.semi_space_max.max(self.semi_space_initial);
    }

    /// `--max-new-space-size` of V8 3.14, in KiB: the size of one semi-space.
    pub fn set_max_new_space_kb(&mut self, kb: u64) {
        self.semi_space_max = self.whole_pages(kb.saturating_mul(KIB));
        self.semi_space_initial = self.semi_space_initial.min(self.semi_space_max);
    }

    /// Rounds up to whole pages, at least one, at most 1 GiB (V8 clamps to its reservation).
    fn whole_pages(&self, bytes: u64) -> u64 {
        let page = self.profile.page_bytes;
        bytes.clamp(1, 1024 * MIB).div_ceil(page) * page
    }
}
