//! A collection in slow motion: started, moved on step by step, and told in sentences.
//!
//! The collectors are machines of small steps (`semispace_heap::Phase`); here one step is taken, the events that it caused
//! are read, and said in words. Nothing is imagined: a sentence exists because the heap has reported the event.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::rc::Rc;

use semispace_heap::{CollectionKind, EventMask, HeapEvent, Phase, Reason, Ref, SpaceKind, StepOutcome};

use crate::names::Names;
use crate::session::Session;

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
/// Moves that a report names one by one.
const NAMED: usize = 3;

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

fn phase_words(phase: Phase) -> &'static str {
    match phase {
        Phase::Idle => "finished",
        Phase::ScavengeRoots => "copies what the roots refer to",
        Phase::ScavengeRememberedSet => "visits the remembered set",
        Phase::ScavengeTransitively => "scans what has moved",
        Phase::ScavengeWeak => "settles weak references",
        Phase::FinishScavenge => "empties from-space",
        Phase::FinishSweeping => "finishes the last sweep",
        Phase::MarkRoots => "marks what the roots refer to",
        Phase::Mark => "marks what grey objects refer to",
        Phase::MarkEphemerons => "looks at WeakMaps",
        Phase::ClearWeak => "clears weak references",
        Phase::EvacuateNewSpace => "empties new space",
        Phase::EvacuateCandidates => "compacts badly filled pages",
        Phase::ComputeForwarding => "computes where the live objects will go",
        Phase::Slide => "slides the live objects together",
        Phase::UpdatePointers => "updates references to moved objects",
        Phase::FinishFull => "gives back empty pages",
    }
}

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

/// What must be asked before a step, because the step changes it.
#[derive(Default)]
struct BeforeStep {
    /// Holders of remembered slots, by the address of what they refer to.
    held_by: BTreeMap<u32, Ref>,
    /// The object that is scanned or visited.
    next: Option<Ref>,
}

/// Turns the events of a step into sentences.
struct Teller<'a> {
    session: &'a Session,
    names: &'a Names,
    before: BeforeStep,
    events: &'a [HeapEvent],
}

impl Teller<'_> {
    fn tell(&self, phase: Phase, units: u32, is_over: bool) -> StepReport {
        let moves: Vec<_> = self.events.iter().filter_map(move_of).collect();
        let mut sentences = Vec::new();
        if units > 1 {
            sentences.push(self.summary(phase, units));
        } else {
            sentences.push(self.opening(phase));
            sentences.extend(
                self.events
                    .iter()
                    .filter(|event| move_of(event).is_some())
                    .take(NAMED)
                    .map(|event| self.moved(event)),
            );
            if moves.len() > NAMED {
                sentences.push(format!("{} more objects move.", moves.len() - NAMED));
            }
        }
        if is_over {
            sentences.extend(self.ending());
        }
        sentences.retain(|sentence| !sentence.is_empty());
        let promotes = self.events.iter().any(|event| matches!(event, HeapEvent::Promoted { .. }));
        StepReport { sentences, moves, promotes, is_over }
    }

    fn opening(&self, phase: Phase) -> String {
        let shaded = self.count(|event| matches!(event, HeapEvent::Shaded { .. }));
        let moved = self.count(|event| move_of(event).is_some());
        match phase {
            Phase::Idle => String::new(),
            Phase::ScavengeRoots => format!("Visits the roots: {} of from-space.", objects(moved)),
            Phase::ScavengeRememberedSet if moved == 0 => {
                "Visits the remembered slots of a page: nothing new is reached.".to_owned()
            }
            Phase::ScavengeRememberedSet => String::new(),
            Phase::ScavengeTransitively => match self.before.next {
                Some(next) if moved == 0 => {
                    format!("Scans {}: it refers to nothing that still has to move.", self.name_at(next))
                }
                Some(next) => format!("Scans {}.", self.name_at(next)),
                None => "The scan pointer goes to the next page.".to_owned(),
            },
            Phase::ScavengeWeak => format!("Settles weak references: {} cleared.", self.weak_cleared()),
            Phase::FinishSweeping => self.swept(),
            Phase::MarkRoots => format!("Marks what the roots refer to: {} grey.", turn(shaded)),
            Phase::Mark => match self.before.next {
                Some(next) => {
                    format!("Visits {}: it is black now, and {} grey.", self.name_at(next), turn(shaded))
                }
                None => format!("Goes on with a large object: {} grey.", turn(shaded)),
            },
            Phase::MarkEphemerons => {
                format!("Looks at the WeakMaps whose keys are marked: {} grey.", turn(shaded))
            }
            Phase::ClearWeak => format!("Clears weak references to white objects: {}.", self.weak_cleared()),
            Phase::EvacuateNewSpace | Phase::EvacuateCandidates if moved == 0 => {
                "Nothing is left to move here.".to_owned()
            }
            Phase::Slide if moved == 0 => "An object of the dense beginning stays where it is.".to_owned(),
            Phase::EvacuateNewSpace | Phase::EvacuateCandidates | Phase::Slide => String::new(),
            Phase::ComputeForwarding => {
                "Adds up the sizes of the live objects of a page: now it is known where each will go."
                    .to_owned()
            }
            Phase::UpdatePointers => {
                "Every reference to a moved object now holds its new address.".to_owned()
            }
            Phase::FinishScavenge => {
                "From-space is empty: what was not copied is gone. The age mark moves to the top.".to_owned()
            }
            Phase::FinishFull => {
                let released = self.count(|event| matches!(event, HeapEvent::PageReleased { .. }));
                format!("Gives back {released} empty pages. What is white will be swept into free lists.")
            }
        }
    }

    fn summary(&self, phase: Phase, units: u32) -> String {
        let mut text = format!("In {units} steps the collector {}", phase_words(phase));
        let copied = self.words(|event| matches!(event, HeapEvent::Copied { .. }));
        let promoted = self.words(|event| matches!(event, HeapEvent::Promoted { .. }));
        let evacuated = self.words(|event| matches!(event, HeapEvent::Evacuated { .. }));
        let shaded = self.count(|event| matches!(event, HeapEvent::Shaded { .. }));
        for (verb, (count, bytes)) in [("copies", copied), ("promotes", promoted), ("evacuates", evacuated)] {
            if count > 0 {
                write!(text, "; it {verb} {} ({bytes} bytes)", objects(count)).ok();
            }
        }
        if shaded > 0 {
            write!(text, "; {} grey", turn(shaded)).ok();
        }
        text + "."
    }

    /// The sentence about one move, with what the object was reached from.
    fn moved(&self, event: &HeapEvent) -> String {
        let Some((from, to, words)) = move_of(event) else { return String::new() };
        let name = self.names.recall(&self.session.vm, to);
        let bytes = u64::from(words) * u64::from(self.session.word_bytes());
        let (verb, place) = match event {
            HeapEvent::Copied { .. } => ("Copies", "to-space"),
            HeapEvent::Evacuated { .. } => ("Evacuates", "old space"),
            _ => ("Promotes", "old space"),
        };
        let mut text = format!(
            "{verb} {name} ({bytes} bytes) from {} to {place} {}",
            self.address(from),
            self.address(to)
        );
        if let Some(holder) = self.before.held_by.get(&from.offset()) {
            write!(text, ": reached from old object {} through the remembered set", self.name_at(*holder))
                .ok();
        } else if let Some(holder) = self.before.next {
            write!(text, ": reached from {}", self.name_at(holder)).ok();
        }
        text + "."
    }

    fn ending(&self) -> Option<String> {
        let record = self.events.iter().find_map(|event| match event {
            HeapEvent::CollectionFinished(record) => Some(record),
            _ => None,
        })?;
        Some(format!(
            "The collection is over: {} copied, {} promoted or moved to old space, {} in use before and {} after.",
            amount(record.survived),
            amount(record.promoted),
            amount(record.used_before),
            amount(record.used_after)
        ))
    }

    fn swept(&self) -> String {
        let ranges: Vec<u64> = self
            .events
            .iter()
            .filter_map(|event| match event {
                HeapEvent::Swept { start, end } => Some(u64::from(end - start)),
                _ => None,
            })
            .collect();
        let bytes = ranges.iter().sum::<u64>() * u64::from(self.session.word_bytes());
        format!(
            "Sweeps what the last full collection has left: {} freed in {} ranges.",
            amount(bytes),
            ranges.len()
        )
    }

    fn weak_cleared(&self) -> usize {
        self.count(|event| matches!(event, HeapEvent::WeakCleared { .. }))
    }

    fn count(&self, is_wanted: impl Fn(&HeapEvent) -> bool) -> usize {
        self.events.iter().filter(|event| is_wanted(event)).count()
    }

    fn words(&self, is_wanted: impl Fn(&HeapEvent) -> bool) -> (usize, u64) {
        let moves = self.events.iter().filter(|event| is_wanted(event)).filter_map(move_of);
        let sizes: Vec<u64> = moves.map(|(_, _, words)| u64::from(words)).collect();
        (sizes.len(), sizes.iter().sum::<u64>() * u64::from(self.session.word_bytes()))
    }

    fn name_at(&self, r: Ref) -> String {
        let heap = &self.session.vm.heap;
        let now = heap
            .residents(heap.page_of(r))
            .find(|resident| resident.at == r)
            .and_then(|found| found.moved_to);
        let place = match heap.space_of(r) {
            SpaceKind::ToSpace => "to-space ",
            SpaceKind::FromSpace => "from-space ",
            _ => "",
        };
        format!("{} at {place}{}", self.names.recall(&self.session.vm, now.unwrap_or(r)), self.address(r))
    }

    fn address(&self, r: Ref) -> String {
        format!("{:#x}", u64::from(r.offset()) * u64::from(self.session.word_bytes()))
    }
}

fn move_of(event: &HeapEvent) -> Option<(Ref, Ref, u32)> {
    match *event {
        HeapEvent::Copied { from, to, words }
        | HeapEvent::Promoted { from, to, words }
        | HeapEvent::Evacuated { from, to, words } => Some((from, to, words)),
        _ => None,
    }
}

fn objects(count: usize) -> String {
    if count == 1 { "1 object".to_owned() } else { format!("{count} objects") }
}

fn turn(count: usize) -> String {
    if count == 1 { "1 object turns".to_owned() } else { format!("{count} objects turn") }
}

fn amount(bytes: u64) -> String {
    if bytes < 10_240 { format!("{bytes} bytes") } else { format!("{:.1} KiB", bytes as f64 / 1024.0) }
}

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
        assert!(told.contains("Copies Node (") && told.contains("through the remembered set"), "{told}");
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
