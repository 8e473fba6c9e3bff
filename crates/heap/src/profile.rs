//! Profiles: the policy constants of each modelled engine, as one table.
//!
//! A profile holds what V8 of that era fixed at compile time or at start-up. Sizes are bytes. Each figure names
//! its source in V8's tree where it has one.

/// One KiB.
pub const KIB: u64 = 1024;
/// One MiB.
pub const MIB: u64 = 1024 * KIB;
/// One GiB.
pub const GIB: u64 = 1024 * MIB;

/// When a scavenge promotes an object instead of copying it within new space.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PromotionRule {
    /// It lies below the age mark: it survived one scavenge already (V8 since 4.x, `Heap::ShouldBePromoted`).
    AgeMark,
    /// The same, or to-space is already more than a quarter full (V8 3.14, `Heap::ShouldBePromoted`).
    AgeMarkOrQuarterFull,
}

/// Where the old generation's maximum comes from when no flag sets it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OldMaximum {
    /// Fixed, in bytes.
    Fixed(u64),
    /// A quarter of physical memory, at least 256 MiB, at most 2 GiB, or 4 GiB from 15 GiB of memory on
    /// (`Heap::HeapSizeFromPhysicalMemory`, 11.x).
    QuarterOfMemory,
}

/// How the limit of the old generation follows a full collection.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LimitRule {
    /// 3.14: promotion limit max(S + S/3, 5 MiB), allocation limit max(S + S/2, 8 MiB), plus new space's capacity.
    Fractions,
    /// 4.x on: growing factor from the ratio of collector speed and mutator speed for a mutator utilisation of
    /// 97 % (`MemoryController::GrowingFactor`).
    MutatorUtilisation,
}

/// How incremental marking is paced.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkingPace {
    /// 3.14: a step per 64 KiB allocated or 65,536 barrier hits; it marks allocated bytes x speed; the speed starts at 1,
    /// doubles when the marker falls behind, at most 1000.
    Speed,
    /// 11.x: a step per 64 KiB allocated young or 256 KiB old; it marks what was allocated plus a 256th of the initial
    /// old limit, between 64 KiB and 256 KiB.
    Schedule,
}

/// Which stores the marking barrier shades for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum MarkingBarrier {
    /// 3.14: a reference to a white object is stored into a black one.
    BlackHolder,
    /// 11.x: a reference to a white object is stored, whatever the colour of the holder (`RecordWrite`): concurrent
    /// marking cannot rely on the holder's colour.
    AnyHolder,
}

/// Which pages a compacting collection empties.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EvacuationRule {
    /// 3.14: at most sqrt(pages / 2) + 1 candidates, most fragmented first, never the first page.
    SquareRoot,
    /// 11.x: pages at least 70 % free, fewest live bytes first, at most 4 MiB of live bytes.
    FreeShare,
}

/// Format of the `--trace-gc` line.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum TraceEra {
    /// V8 3.14.
    V3,
    /// V8 4.x.
    V4,
    /// V8 10.x (Node 18). No profile models that engine; a client may ask for its lines all the same.
    V10,
    /// V8 11.x.
    V11,
}

/// The policy constants of one engine.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Profile {
    /// Name on the command line.
    pub name: &'static str,
    /// The engine that it models.
    pub engine: &'static str,
    /// Bytes that one heap word stands for: 8, or 4.
    pub word_bytes: u32,
    /// Bytes of a page; a power of two.
    pub page_bytes: u64,
    /// Bytes at the start of a page that hold no objects (V8's chunk header and mark bitmap).
    pub page_header_bytes: u64,
    /// First capacity of a semi-space.
    pub semi_space_initial: u64,
    /// Largest capacity of a semi-space.
    pub semi_space_max: u64,
    /// Maximum of the old generation.
    pub old_max: OldMaximum,
    /// Smallest first limit of the old generation before a collection: min(this, max / 2).
    pub initial_old_limit: u64,
    /// Objects larger than this many bytes live in the large-object space.
    pub large_object_bytes: u64,
    /// Are large objects born young (11.x), or old (3.14, 4.x)?
    pub young_large_objects: bool,
    /// Survivors are copied into buffers of this size, which a page holds whole or not at all; none: straight to the free
    /// end. With 32 KiB (11.x, `EvacuationAllocator::kLabSize`) a page of 256 KiB takes seven buffers: survivors
    /// need an eighth more room than their size.
    pub copy_buffer_bytes: Option<u64>,
    /// Percent of new space's capacity from which it is scavenged when the program has nothing to do for a moment (11.x,
    /// `--minor-gc-task-trigger`); none: it is not, and nothing is marked then either.
    pub task_percent: Option<u64>,
    /// Promotion rule.
    pub promotion: PromotionRule,
    /// Rule of the old generation's limit.
    pub limit_rule: LimitRule,
    /// Pacing of incremental marking.
    pub pace: MarkingPace,
    /// The old generation's size below which incremental marking never starts.
    pub marking_floor: u64,
    /// Marking barrier.
    pub marking_barrier: MarkingBarrier,
    /// Choice of evacuation candidates.
    pub evacuation: EvacuationRule,
    /// Format of the trace line.
    pub trace: TraceEra,
    /// Size of a Buffer pool slab.
    pub pool_bytes: u64,
    /// The heap of the process when a script begins.
    pub start_up: StartUpHeap,
}

/// What the process itself has in its heap when a script begins. Bytes. The heap does nothing with it: the client fills
/// itself up to it, so that sizes and limits are those of a real process.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct StartUpHeap {
    /// Objects of the old generation that live for ever.
    pub old_live_bytes: u64,
    /// Objects of the old generation that the first full collection finds dead.
    pub old_dead_bytes: u64,
    /// Young objects that live for ever.
    pub young_live_bytes: u64,
    /// Young objects that are dead.
    pub young_dead_bytes: u64,
    /// Young objects that the first line of output makes and that live for ever.
    pub output_live_bytes: u64,
    /// Young objects that it makes and that only dead objects of the old generation hold: scavenges keep them, the first
    /// full collection does not.
    pub output_held_bytes: u64,
    /// Young objects that it makes and that are dead when it is printed.
    pub output_dead_bytes: u64,
    /// What it adds to the old generation.
    pub output_old_bytes: u64,
}

/// `heapUsed` of the example in Node 0.10's documentation of `process.memoryUsage()`, 650,472 bytes.
const CLASSIC_START_UP: StartUpHeap = StartUpHeap {
    old_live_bytes: 600_000,
    old_dead_bytes: 0,
    young_live_bytes: 50_472,
    young_dead_bytes: 0,
    output_live_bytes: 0,
    output_held_bytes: 0,
    output_dead_bytes: 0,
    output_old_bytes: 0,
};

/// `node --expose-gc --trace-gc-nvp --single-threaded-gc` on a script that prints `heapUsed`, scavenges twice and collects:
/// 3,160,944 bytes at first, of which 120,088 young; 65,808 of these survive; 2,650,632 after the full collection. A script that
/// does not ask has 64,552 survive; what this engine makes itself is among them. With its
/// output in a pipe, the first line adds 517,712 bytes: of these 257,688 are a page of old space that V8 opens and counts
/// whole, 111,272 survive a scavenge, 39,080 stay.
const NODE_20_START_UP: StartUpHeap = StartUpHeap {
    old_live_bytes: 2_584_824,
    old_dead_bytes: 456_032,
    young_live_bytes: 62_976,
    young_dead_bytes: 57_112,
    output_live_bytes: 39_080,
    output_held_bytes: 72_192,
    output_dead_bytes: 144_280,
    output_old_bytes: 257_688,
};

const CLASSIC_64: Profile = Profile {
    name: "classic-64",
    engine: "V8 3.14, Node 0.10, 64 bit",
    word_bytes: 8,
    page_bytes: MIB,
    page_header_bytes: header_bytes(MIB, 8),
    semi_space_initial: MIB,
    semi_space_max: 16 * MIB,
    old_max: OldMaximum::Fixed(1400 * MIB),
    initial_old_limit: 8 * MIB,
    large_object_bytes: MIB - header_bytes(MIB, 8) - 1,
    young_large_objects: false,
    copy_buffer_bytes: None,
    task_percent: None,
    promotion: PromotionRule::AgeMarkOrQuarterFull,
    limit_rule: LimitRule::Fractions,
    pace: MarkingPace::Speed,
    marking_floor: 10 * MIB,
    marking_barrier: MarkingBarrier::BlackHolder,
    evacuation: EvacuationRule::SquareRoot,
    trace: TraceEra::V3,
    pool_bytes: 8 * KIB,
    start_up: CLASSIC_START_UP,
};

const CLASSIC_32: Profile = Profile {
    name: "classic-32",
    engine: "V8 3.14, Node 0.10, 32 bit",
    word_bytes: 4,
    page_header_bytes: header_bytes(MIB, 4),
    semi_space_max: 8 * MIB,
    old_max: OldMaximum::Fixed(700 * MIB),
    large_object_bytes: MIB - header_bytes(MIB, 4) - 1,
    ..CLASSIC_64
};

const NODE_20: Profile = Profile {
    name: "node-20",
    engine: "V8 11.3, Node 20",
    word_bytes: 8,
    page_bytes: 256 * KIB,
    // `node --trace-gc-nvp`: before a scavenge a semi-space of 64 pages holds 16,494,080 bytes (the size before minus
    // what is old), whatever the objects' size.
    page_header_bytes: 256 * KIB - 257_720,
    semi_space_initial: MIB,
    semi_space_max: 16 * MIB,
    old_max: OldMaximum::QuarterOfMemory,
    initial_old_limit: 512 * MIB,
    large_object_bytes: 128 * KIB,
    young_large_objects: true,
    copy_buffer_bytes: Some(32 * KIB),
    task_percent: Some(80),
    promotion: PromotionRule::AgeMark,
    limit_rule: LimitRule::MutatorUtilisation,
    pace: MarkingPace::Schedule,
    marking_floor: 8 * MIB,
    marking_barrier: MarkingBarrier::AnyHolder,
    evacuation: EvacuationRule::FreeShare,
    trace: TraceEra::V11,
    pool_bytes: 8 * KIB,
    start_up: NODE_20_START_UP,
};

/// All profiles, the default first.
pub const PROFILES: [Profile; 6] = [
    NODE_20,
    Profile {
        name: "node-26",
        engine: "V8 of Node 26",
        semi_space_max: 32 * MIB,
        pool_bytes: 64 * KIB,
        ..NODE_20
    },
    Profile {
        name: "node-4",
        engine: "V8 4.5, Node 4",
        promotion: PromotionRule::AgeMark,
        limit_rule: LimitRule::MutatorUtilisation,
        initial_old_limit: 512 * MIB,
        trace: TraceEra::V4,
        ..CLASSIC_64
    },
    CLASSIC_64,
    CLASSIC_32,
    Profile {
        name: "android",
        engine: "V8 3.14, Android",
        semi_space_max: 4 * MIB,
        old_max: OldMaximum::Fixed(192 * MIB),
        ..CLASSIC_32
    },
];

/// A chunk header of 256 bytes and one mark bit per word, as V8 lays out a page.
const fn header_bytes(page_bytes: u64, word_bytes: u64) -> u64 {
    256 + page_bytes / word_bytes / 8
}

impl Profile {
    /// The profile of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Profile> {
        PROFILES.iter().find(|profile| profile.name == name)
    }

    /// Heap words in a page, header included.
    #[must_use]
    pub const fn page_words(&self) -> u32 {
        (self.page_bytes / self.word_bytes as u64) as u32
    }

    /// Heap words at the start of a page that hold no objects.
    #[must_use]
    pub const fn page_header_words(&self) -> u32 {
        self.page_header_bytes.div_ceil(self.word_bytes as u64) as u32
    }

    /// Maximum of the old generation in bytes on a machine with this many bytes of memory.
    #[must_use]
    pub fn old_max_bytes(&self, physical_memory: u64) -> u64 {
        match self.old_max {
            OldMaximum::Fixed(bytes) => bytes,
            OldMaximum::QuarterOfMemory => {
                let ceiling = if physical_memory >= 15 * GIB { 4 * GIB } else { 2 * GIB };
                (physical_memory / 4).clamp(256 * MIB, ceiling)
            }
        }
    }

    /// The figure that the articles quote as the limit of a process: four times the reserved semi-space plus the
    /// old generation (`Heap::MaxReserved`, 3.14).
    #[must_use]
    pub fn max_reserved_bytes(&self, physical_memory: u64) -> u64 {
        4 * self.semi_space_max + self.old_max_bytes(physical_memory)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quoted_limits_follow_from_the_table() {
        let quoted = |name: &str| Profile::named(name).map(|p| p.max_reserved_bytes(0) / MIB);
        assert_eq!(quoted("classic-64"), Some(1464));
        assert_eq!(quoted("classic-32"), Some(732));
        assert_eq!(quoted("android"), Some(4 * 4 + 192));
    }

    #[test]
    fn node_20_sizes_its_heap_by_the_machine() {
        let max = |gib: u64| NODE_20.old_max_bytes(gib * GIB) / MIB;
        assert_eq!([max(0), max(4), max(14), max(15), max(64)], [256, 1024, 2048, 3840, 4096]);
    }

    #[test]
    fn a_page_of_node_20_holds_257_720_bytes() {
        let words = NODE_20.page_words() - NODE_20.page_header_words();
        assert_eq!(words * NODE_20.word_bytes, 257_720);
    }

    #[test]
    fn every_name_finds_its_profile() {
        for profile in &PROFILES {
            assert_eq!(Profile::named(profile.name), Some(profile));
            assert!(profile.page_words().is_power_of_two());
            assert!(profile.large_object_bytes < profile.page_bytes - profile.page_header_bytes);
        }
    }
}
