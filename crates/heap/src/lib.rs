//! A generational, moving, incremental garbage collector in safe Rust, modelled on V8's.

mod allocation;
mod barrier;
mod cage;
mod collection;
mod compaction;
mod config;
mod copier;
mod copy;
mod evacuation;
mod event;
mod external;
mod free_list;
mod full_collection;
mod header;
mod heap;
mod incremental_marking;
mod inspect;
mod large_object_space;
mod limits;
mod mark_bitmap;
mod marker;
mod marking;
mod old_space;
mod page;
mod profile;
mod record;
pub mod recorder;
mod scavenger;
mod semi_space;
mod slot_set;
mod stats;
mod sweeper;
mod verifier;
mod word;

pub use collection::{Phase, StepOutcome};
pub use config::{CostModel, HeapConfig};
pub use event::{EventMask, HeapEvent, Observer};
pub use external::ExternalHandle;
pub use header::{FIRST_EPHEMERON, Header, Kind, Layout, WEAK_WORD};
pub use heap::{Heap, Mutator};
pub use inspect::{Occupancy, PageOccupancy, SpaceOccupancy};
pub use limits::{OomReason, OutOfMemory};
pub use page::{PageId, SpaceKind};
pub use profile::{
    EvacuationRule, GIB, KIB, LimitRule, MIB, MarkingBarrier, MarkingPace, OldMaximum, PROFILES, Profile,
    PromotionRule, TraceEra,
};
pub use record::{CollectionKind, CollectionRecord, CollectorReason, Figures, IncrementalFigures, Reason};
pub use recorder::Recorder;
pub use stats::Stats;
pub use verifier::{Violation, ViolationKind};
pub use word::{Ref, Word};
