//! A generational, moving, incremental garbage collector in safe Rust, modelled on V8's.
//!
//! It is made to be looked into: every number of its policy is one that V8 uses, every phase can be stepped through object
//! by object, every decision comes with the figures that the rule looked at. It knows nothing of JavaScript: a client
//! brings objects of tagged words, its roots, and its clock (`examples/cells.rs` is a Lisp in a hundred lines).
//!
//! # Memory
//!
//! All memory is one vector of 64-bit words, the *cage*. A [`Ref`] is the offset of an object's first word in it,
//! so nothing here is unsafe, addresses are the same on every machine, and a heap is cloned by `clone`. A
//! [`Word`] is a small integer, a reference or an immediate of the client's. Each object starts with a [`Header`]: the
//! client's shape number, the size in words, and a [`Kind`], whose [`Layout`] tells the collector which words
//! may be references.
//!
//! The cage is cut into pages of the [`Profile`]'s size. The page table says for each page to which space it belongs:
//!
//! - **new space**: two semi-spaces. The mutator allocates by moving a pointer through the pages of to-space;
//! - **old space**: pages of promoted objects, with free lists;
//! - **large-object space**: objects beyond the profile's limit, which get their own run of pages and never move.
//!
//! # Two collectors
//!
//! A **scavenge** empties new space when it is full (`scavenger`, whose inner loop is `copier`). The semi-spaces
//! are swapped; what roots and the remembered set reach is copied to the new to-space, or promoted to old space if it has
//! survived a scavenge before. Whatever is left behind is dead. Its cost follows the survivors, not the garbage.
//!
//! A **full collection** (`full_collection`) marks everything from the roots (`marking`, inner loop `marker`), clears weak
//! references to what is not marked, moves the live objects of new space and of a few badly filled pages to old space
//! (`evacuation`, `compaction`), corrects the references to them, and leaves the rest to the sweeper (`sweeper`),
//! which makes free-list nodes of the gaps when allocation needs them. One that must return memory, or that finds no
//! free page to copy into, compacts everything in place instead (`sliding`). Marking is incremental (`incremental_marking`): it
//! starts when the old generation reaches its limit and goes on in small steps between which the mutator runs.
//!
//! Both are one machine (`collection`): [`Phase`] names where it stands, [`Heap::step`] does one unit of work,
//! [`Heap::collect`] is a loop over it.
//!
//! # What must stay true
//!
//! 1. A reference from an old object to a young one is in the remembered set: a scavenge does not look at old objects.
//! 2. While marking is under way, no black object (visited) refers to a white one (not seen).
//! 3. An object on an evacuation candidate is referred to only by roots, by recorded slots and by objects that move
//!    themselves.
//! 4. Every page can be walked from object to object: free ranges have headers too.
//!
//! The first three are kept by one write barrier (`barrier`) in [`Heap::set`]; the fourth by whoever leaves a gap.
//! [`Heap::verify`] checks all of them with its own trace. A client keeps its side: after any call that takes the
//! [`Mutator`], every reference that it did not show as a root is void.
//!
//! # When
//!
//! `limits` has the rules: when new space grows, when marking starts, when the heap is out of memory ([`OutOfMemory`] is a
//! value; the heap can be inspected afterwards). Durations are virtual: a [`CostModel`] prices words copied, marked
//! and moved, so that the growing factors, which depend on speeds, come out the same in every run.
//!
//! Read on: [`Profile`] for the policies, `allocation` for the ladder from bump to out of memory, `scavenger`, `marking`.

mod allocation;
mod allocation_sites;
mod barrier;
mod cage;
mod collection;
mod compaction;
mod config;
mod copier;
mod copy;
mod deferral;
mod evacuation;
mod event;
mod external;
mod free_list;
mod full_collection;
mod header;
mod heap;
mod incremental_marking;
mod inspect;
mod large_allocation;
mod large_object_space;
mod limits;
mod look;
mod mark_bitmap;
mod marker;
mod marking;
mod object_id;
mod old_space;
mod page;
mod pointer_update;
mod profile;
mod reachability;
mod record;
pub mod recorder;
#[cfg(test)]
mod sabotage;
mod scavenger;
mod semi_space;
mod sliding;
mod slot_set;
mod stand_in;
mod stats;
mod sweeper;
mod verifier;
mod word;

pub use allocation::Generation;
pub use allocation_sites::SiteTotal;
pub use collection::{Phase, StepOutcome};
pub use config::{CostModel, HeapConfig};
pub use event::{EventMask, HeapEvent, Observer};
pub use external::ExternalHandle;
pub use header::{FIRST_EPHEMERON, Header, Kind, Layout, WEAK_WORD};
pub use heap::{Heap, Mutator};
pub use inspect::{HeapTotals, Occupancy, PageOccupancy, SpaceOccupancy, SpaceTotals};
pub use large_allocation::LargeAttempt;
pub use limits::{OomReason, OutOfMemory};
pub use look::{Colour, Colours, Resident, Sizes};
pub use object_id::ObjectId;
pub use page::{PageId, SpaceKind};
pub use profile::{
    EvacuationRule, GIB, KIB, LimitRule, MIB, MarkingBarrier, MarkingPace, OldMaximum, PROFILES, Profile,
    PromotionRule, StartUpHeap, TraceEra,
};
pub use reachability::{Reached, ReferrerSearch, Trace};
pub use record::{CollectionKind, CollectionRecord, CollectorReason, Figures, IncrementalFigures, Reason};
pub use recorder::Recorder;
pub use stats::Stats;
pub use verifier::{Violation, ViolationKind};
pub use word::{Ref, Word};
