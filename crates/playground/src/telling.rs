//! The steps of a collection in sentences. Nothing is imagined: a sentence exists because the heap has reported the event.

use std::collections::BTreeMap;
use std::fmt::Write;

use semispace_heap::{HeapEvent, Phase, Ref, SpaceKind};
use semispace_monitor::fixed;

use crate::names::Names;
use crate::session::Session;
use crate::slow_motion::StepReport;

/// Moves that a report names one by one.
const NAMED: usize = 3;

/// What the collector does in a phase.
pub(crate) fn phase_words(phase: Phase) -> &'static str {
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

/// What must be asked before a step, because the step changes it.
#[derive(Default)]
pub(crate) struct BeforeStep {
    /// Holders of remembered slots, by the address of what they refer to.
    pub(crate) held_by: BTreeMap<u32, Ref>,
    /// The object that is scanned or visited.
    pub(crate) next: Option<Ref>,
}

/// Turns the events of a step into sentences.
pub(crate) struct Teller<'a> {
    pub(crate) session: &'a Session,
    pub(crate) names: &'a Names,
    pub(crate) before: BeforeStep,
    pub(crate) events: &'a [HeapEvent],
}

impl Teller<'_> {
    /// What a step of a phase did, in `units` units of work.
    pub(crate) fn tell(&self, phase: Phase, units: u32, is_over: bool) -> StepReport {
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
    if bytes < 10_240 { format!("{bytes} bytes") } else { format!("{} KiB", fixed(bytes as f64 / 1024.0, 1)) }
}
