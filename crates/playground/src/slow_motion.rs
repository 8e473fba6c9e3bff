//! A collection in slow motion: started, moved on step by step, and told in sentences.
//!
//! The collectors are machines of small steps (`semispace_heap::Phase`); here one step is taken, and the events that it caused
//! are read, which [`crate::telling`] says in words.

use std::collections::BTreeMap;
use std::rc::Rc;

use semispace_heap::{CollectionKind, EventMask, HeapEvent, Phase, Reason, Ref, StepOutcome};

use crate::names::Names;
use crate::session::Session;
use crate::telling::{BeforeStep, Teller, phase_words};

/// How far a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stride {
    /// One unit of the collector's work.
    Unit,
    /// To the next phase.
    Phase,
    /// To the end.
    End,
}

/// What a step did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StepReport {
    /// In words.
    pub sentences: Vec<String>,
    /// Objects that it moved: old address, new address, words.
    pub moves: Vec<(Ref, Ref, u32)>,
    /// Did it promote an object?
    pub promotes: bool,
    /// Is the collection over?
    pub is_over: bool,
}

/// The collection that is being stepped through.
#[derive(Clone, Debug)]
pub(crate) struct SlowMotion {
    names: Names,
    /// Steps so far.
    pub(crate) steps: u32,
    /// What the last step did.
    pub(crate) last: StepReport,
    kind: CollectionKind,
}

impl SlowMotion {
    pub(crate) fn names(&self) -> &Names {
        &self.names
    }
}

/// Where the collection under way stands.
#[derive(Clone, Debug, Default)]
pub struct Stage {
    /// The collection.
    pub title: &'static str,
    /// Its phase, in words.
    pub phase: &'static str,
    /// Number of the phase from 1, and of all phases.
    pub progress: (u32, u32),
    /// Steps so far.
    pub steps: u32,
    /// What the last step did.
    pub last: StepReport,
    /// Scan and free pointer, as word offsets.
    pub pointers: Option<(u32, u32)>,
    /// Objects that wait to be visited, next first, with their names; not all of them.
    pub worklist: Vec<(Ref, Rc<str>)>,
    /// How many wait in all.
    pub waiting: usize,
    /// Old objects with remembered slots, in address order; not all of them.
    pub remembered: Vec<(Ref, Rc<str>)>,
}

/// Entries of the lists beside the heap.
const LISTED: usize = 50;

const SCAVENGE: [Phase; 5] = [
    Phase::ScavengeRoots,
    Phase::ScavengeRememberedSet,
    Phase::ScavengeTransitively,
    Phase::ScavengeWeak,
    Phase::FinishScavenge,
];
const FULL: [Phase; 9] = [
    Phase::FinishSweeping,
    Phase::MarkRoots,
    Phase::Mark,
    Phase::MarkEphemerons,
    Phase::ClearWeak,
    Phase::EvacuateNewSpace,
    Phase::EvacuateCandidates,
    Phase::UpdatePointers,
    Phase::FinishFull,
];
const IN_PLACE: [Phase; 9] = [
    Phase::FinishSweeping,
    Phase::MarkRoots,
    Phase::Mark,
    Phase::MarkEphemerons,
    Phase::ClearWeak,
    Phase::ComputeForwarding,
    Phase::Slide,
    Phase::UpdatePointers,
    Phase::FinishFull,
];

impl Session {
    /// Starts a collection that [`Session::step_collection`] moves on. Does nothing while one is under way.
    pub fn start_collection(&mut self, kind: CollectionKind) {
        if self.slow.is_none() {
            self.finish_collection();
        }
        self.begin_slow_motion(|session| session.vm.heap.start(&mut session.vm.roots, kind, Reason::Testing));
    }

    /// Starts the collection before which the run has halted, if there is one, in the same way.
    pub fn start_due_collection(&mut self) {
        if self.vm.heap.is_collection_due() {
            self.begin_slow_motion(|session| session.vm.heap.start_due(&mut session.vm.roots));
        }
    }

    fn begin_slow_motion(&mut self, start: impl FnOnce(&mut Self)) {
        if self.vm.heap.is_collecting() {
            return;
        }
        let names = Names::of_all(&self.vm);
        self.watch(start);
        let kind = self.vm.heap.collection_kind().unwrap_or(CollectionKind::Minor);
        let slow = SlowMotion { names, steps: 0, last: StepReport::default(), kind };
        let first = match kind {
            CollectionKind::Minor => {
                "The semi-spaces are swapped: all objects lie in from-space now, and to-space is empty."
            }
            _ => "A full collection begins: every object is white.",
        };
        let is_over = !self.vm.heap.is_collecting();
        self.slow = Some(SlowMotion {
            last: StepReport { sentences: vec![first.to_owned()], is_over, ..StepReport::default() },
            ..slow
        });
    }

    /// Goes on with the collection that [`Session::start_collection`] has started.
    pub fn step_collection(&mut self, stride: Stride) {
        let Some(mut slow) = self.slow.take() else { return };
        let phase = self.vm.heap.phase();
        let before = self.before_step();
        let mut units = 0;
        let events = self.watch(|session| {
            loop {
                units += 1;
                let outcome = session.vm.heap.step(&mut session.vm.roots);
                let goes_on = match stride {
                    Stride::Unit => false,
                    Stride::Phase => session.vm.heap.phase() == phase,
                    Stride::End => true,
                };
                if outcome == StepOutcome::Finished || !goes_on {
                    return;
                }
            }
        });
        slow.steps += units;
        let is_over = !self.vm.heap.is_collecting();
        let teller = Teller { session: self, names: &slow.names, before, events: &events };
        slow.last = teller.tell(phase, units, is_over);
        self.slow = Some(slow);
    }

    /// Whether the last step of the collection that is being stepped through has promoted an object.
    pub fn last_step_promotes(&self) -> bool {
        self.slow.as_ref().is_some_and(|slow| slow.last.promotes)
    }

    /// Where the collection that is being stepped through stands; the last report stays until the program goes on.
    pub fn stage(&self) -> Option<Stage> {
        let slow = self.slow.as_ref()?;
        let heap = &self.vm.heap;
        let phases: &[Phase] = match slow.kind {
            CollectionKind::Minor => &SCAVENGE,
            CollectionKind::Full => &FULL,
            CollectionKind::FullReduceMemory => &IN_PLACE,
        };
        let number = phases.iter().position(|&phase| phase == heap.phase());
        let waiting: Vec<Ref> = match slow.kind {
            CollectionKind::Minor => self.unscanned(),
            _ => heap.grey_objects().collect(),
        };
        let named = |r: &Ref| (*r, slow.names.recall(&self.vm, *r));
        let worklist: Vec<_> = match slow.kind {
            CollectionKind::Minor => waiting.iter().take(LISTED).map(named).collect(),
            _ => waiting.iter().rev().take(LISTED).map(named).collect(),
        };
        let mut remembered: Vec<Ref> = Vec::new();
        let mut holder_end = 0;
        for slot in heap.remembered_set() {
            if slot < holder_end || remembered.len() == LISTED {
                continue;
            }
            if let Some(holder) = heap.resident_at(slot) {
                holder_end = holder.at.offset() + holder.words;
                remembered.push(holder.at);
            }
        }
        Some(Stage {
            title: if slow.kind.is_full() { "Full collection" } else { "Scavenge" },
            phase: phase_words(heap.phase()),
            progress: (number.map_or(phases.len(), |at| at + 1) as u32, phases.len() as u32),
            steps: slow.steps,
            last: slow.last.clone(),
            pointers: heap.cheney_pointers(),
            worklist,
            waiting: waiting.len(),
            remembered: remembered.iter().map(named).collect(),
        })
    }

    /// Runs the rest of a collection in the middle of which the run has paused.
    pub(crate) fn finish_collection(&mut self) {
        while self.vm.heap.is_collecting() {
            self.vm.heap.work(&mut self.vm.roots, usize::MAX);
        }
        self.take_events();
    }

    /// Ends the slow motion: the rest of the collection runs at once.
    pub(crate) fn leave_slow_motion(&mut self) {
        if self.slow.is_some() {
            self.step_collection(Stride::End);
            self.slow = None;
        }
    }

    /// What lies between the scan pointer and the free pointer, as far as it is on one page.
    fn unscanned(&self) -> Vec<Ref> {
        let heap = &self.vm.heap;
        let Some((scan, _)) = heap.cheney_pointers() else { return Vec::new() };
        let page = heap.page_of(Ref::new(scan));
        let on_page = heap.residents(page).map(|resident| resident.at).filter(|at| at.offset() >= scan);
        on_page.collect()
    }

    /// Records every event of some work of the heap, and hands back those that are no collection's.
    fn watch(&mut self, work: impl FnOnce(&mut Self)) -> Vec<HeapEvent> {
        self.take_events();
        self.vm.heap.observer_mut().set_mask(STEP_EVENTS);
        work(self);
        self.vm.heap.observer_mut().set_mask(EventMask::COLLECTION);
        let events: Vec<HeapEvent> = self.vm.heap.observer_mut().drain().collect();
        for event in &events {
            if let HeapEvent::CollectionFinished(record) = event {
                self.note(**record);
            }
        }
        events
    }

    fn before_step(&self) -> BeforeStep {
        let heap = &self.vm.heap;
        let mut held_by = BTreeMap::new();
        if heap.phase() == Phase::ScavengeRememberedSet {
            for slot in heap.remembered_set() {
                let target = heap.get(Ref::new(slot), 0).as_ref();
                if let (Some(target), Some(holder)) = (target, heap.resident_at(slot)) {
                    held_by.entry(target.offset()).or_insert(holder.at);
                }
            }
        }
        let next = match heap.phase() {
            Phase::ScavengeTransitively => heap.next_to_scan(),
            Phase::Mark => heap.grey_objects().last(),
            _ => None,
        };
        BeforeStep { held_by, next }
    }
}

const STEP_EVENTS: EventMask = EventMask::MOVE
    .with(EventMask::MARKING)
    .with(EventMask::SWEEP)
    .with(EventMask::PHASE)
    .with(EventMask::SPACE)
    .with(EventMask::WEAK)
    .with(EventMask::COLLECTION);

impl Session {
    pub(crate) fn word_bytes(&self) -> u32 {
        self.vm.heap.config().profile.word_bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionConfig;

    const SOURCE: &str = "const kept = global.kept = [];
        class Node { constructor(id) { this.id = id; } }
        for (let i = 0; i < 120; i++) kept.push(new Node(i));
        gc({ type: 'minor' }); gc({ type: 'minor' });
        for (let i = 0; i < 120; i++) { kept[i].next = new Node(-i); }";

    fn session() -> Session {
        let config =
            SessionConfig { source: SOURCE.to_owned(), verify_heap: true, ..SessionConfig::default() };
        let mut session = Session::new(config).unwrap();
        session.run(u64::MAX);
        session
    }

    fn step_through(kind: CollectionKind, stride: Stride) -> (Session, String) {
        let mut session = session();
        session.start_collection(kind);
        let mut told = String::new();
        while session.vm.heap.is_collecting() {
            session.step_collection(stride);
            let stage = session.stage().unwrap();
            assert!(!stage.last.sentences.is_empty() && stage.progress.0 <= stage.progress.1);
            assert!(stage.remembered.is_sorted_by(|a, b| a.0 < b.0), "one entry for each holder");
            for (at, name) in stage.worklist.iter().chain(&stage.remembered) {
                let found = session.inspect_in_collection(at.offset());
                let is_over = !session.vm.heap.is_collecting();
                assert!(
                    is_over || found.is_some_and(|found| found.size > 0 && found.name == **name),
                    "{name}"
                );
            }
            for sentence in &stage.last.sentences {
                assert!(sentence.ends_with('.'), "{sentence}");
                told.push_str(sentence);
                told.push('\n');
            }
        }
        (session, told)
    }

    #[test]
    fn a_stepped_scavenge_tells_who_holds_what_and_ends_like_any_other() {
        let (stepped, told) = step_through(CollectionKind::Minor, Stride::Unit);
        assert!(told.contains("Copies Node ("), "{told}");
        // Each of the new nodes is known by one slot of an old one, and many of these lie on one page.
        assert_eq!(told.matches("through the remembered set").count(), 120, "{told}");
        let mut at_once = session();
        at_once.scavenge();
        assert_eq!(stepped.stats(), at_once.stats());
    }

    #[test]
    fn a_stepped_full_collection_marks_moves_and_ends_like_any_other() {
        let (stepped, told) = step_through(CollectionKind::Full, Stride::Unit);
        for words in
            ["turn grey", "it is black now", "Promotes Node", "new address", "The collection is over"]
        {
            assert!(told.contains(words), "no `{words}` in:\n{told}");
        }
        let mut at_once = session();
        at_once.full_gc();
        assert_eq!(stepped.stats(), at_once.stats());
    }

    #[test]
    fn phases_and_the_end_are_strides_too() {
        for kind in [CollectionKind::Minor, CollectionKind::Full] {
            let (stepped, _) = step_through(kind, Stride::Unit);
            for stride in [Stride::Phase, Stride::End] {
                let (other, told) = step_through(kind, stride);
                assert_eq!(stepped.stats(), other.stats());
                assert!(told.contains("The collection is over"), "{told}");
            }
        }
    }

    #[test]
    fn running_on_ends_the_slow_motion() {
        let mut session = session();
        session.start_collection(CollectionKind::Minor);
        session.step_collection(Stride::Unit);
        session.run(1);
        assert!(session.stage().is_none() && !session.vm.heap.is_collecting());
    }
}
