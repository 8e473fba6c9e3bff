//! Why a collection ran and what followed from it: the rule in words, with the record's own figures in it, and the place in
//! V8's source that the rule follows.

use crate::fixed::fixed;
use semispace_heap::{
    CollectionKind, CollectionRecord, CollectorReason, LimitRule, Profile, PromotionRule, Reason, TraceEra,
};

/// The answer to "why?" for one collection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// One line that names the collection.
    pub title: String,
    /// Why it ran, what it did, what followed: a sentence or two each.
    pub sentences: Vec<String>,
    /// File and function of V8.
    pub sources: Vec<&'static str>,
}

/// Explains a collection of a heap with this profile.
#[must_use]
pub fn explain(record: &CollectionRecord, profile: &Profile) -> Explanation {
    let name = match record.kind {
        CollectionKind::Minor => "Scavenge",
        CollectionKind::Full => "Full collection",
        CollectionKind::FullReduceMemory => "Full collection to reduce memory",
    };
    let title = format!("{name}, collection {} at {} ms", record.number, fixed(record.at_ns as f64 / 1e6, 1));
    let mut text = Explanation::titled(title);
    text.say_why(record);
    if record.kind.is_full() {
        text.say_full(record, profile);
    } else {
        text.say_scavenge(record, profile);
    }
    text.say_cost(record);
    text.say_line(record, profile);
    text
}

impl Explanation {
    pub(crate) const fn titled(title: String) -> Self {
        Self { title, sentences: Vec::new(), sources: Vec::new() }
    }

    pub(crate) fn add(&mut self, sentence: String, source: &'static str) {
        self.sentences.push(sentence);
        if !source.is_empty() && !self.sources.contains(&source) {
            self.sources.push(source);
        }
    }

    fn say_why(&mut self, record: &CollectionRecord) {
        let figures = &record.figures;
        let [old, limit] = [figures.old_used, figures.old_limit].map(bytes);
        match record.collector_reason {
            CollectorReason::ScavengeMightNotSucceed => self.add(
                format!(
                    "New space was full, but a scavenge might promote all of its {}, and the old generation with {old} in use \
                     and a maximum of {} has no room for that: so the whole heap was collected.",
                    bytes(figures.new_used),
                    bytes(figures.old_max)
                ),
                "src/heap/heap.cc: Heap::SelectGarbageCollector, CanPromoteYoungAndExpandOldGeneration",
            ),
            CollectorReason::MarkingNeedsFinalization => self.add(
                format!(
                    "New space was full, incremental marking had nothing left to mark, and the old generation with {old} in use \
                     was far over its limit of {limit}: so marking was finished with a full collection."
                ),
                "src/heap/heap.cc: Heap::SelectGarbageCollector",
            ),
            _ => self.say_reason(record),
        }
    }

    fn say_reason(&mut self, record: &CollectionRecord) {
        let figures = &record.figures;
        let [used, capacity, old, limit] =
            [figures.new_used, figures.new_capacity, figures.old_used, figures.old_limit].map(bytes);
        let (sentence, source) = match record.reason {
            Reason::AllocationFailure => {
                let wanted = match figures.requested {
                    0 => "The next object".to_owned(),
                    size => format!("An object of {}", bytes(size)),
                };
                let sentence = format!("{wanted} did not fit: new space had {used} of {capacity} in use.");
                (
                    sentence,
                    "src/heap/heap.cc: Heap::CollectGarbage; src/heap/new-spaces.cc: SemiSpaceNewSpace::EnsureAllocation",
                )
            }
            Reason::AllocationLimit => (
                format!("The old generation had {old} in use, and its limit was {limit}."),
                "src/heap/heap.cc: Heap::IncrementalMarkingLimitReached",
            ),
            Reason::FinalizeMarkingViaStackGuard | Reason::FinalizeMarkingViaTask => (
                format!(
                    "The old generation reached its limit of {limit}, so marking began in small steps. After {} steps the \
                     worklist was empty, and this pause finished the collection.",
                    record.incremental.steps
                ),
                "src/heap/incremental-marking.cc: IncrementalMarking::Step; src/heap/heap.cc: Heap::FinalizeIncrementalMarkingIfComplete",
            ),
            Reason::LastResort => (
                format!(
                    "The last attempt before out of memory: {old} in use, at most {} allowed.",
                    bytes(figures.old_max)
                ),
                "src/heap/heap.cc: Heap::CollectAllAvailableGarbage",
            ),
            Reason::ExternalMemoryPressure => (
                "Memory outside the heap, such as Buffers, has grown much since the last full collection."
                    .to_owned(),
                "src/heap/heap.cc: Heap::ReportExternalMemoryPressure",
            ),
            Reason::Task => (
                format!(
                    "The program had nothing to do for a moment, and new space was nearly full: {used} of {capacity} in use."
                ),
                "src/heap/minor-gc-job.cc: MinorGCJob::Task::RunInternal",
            ),
            Reason::LowMemory => (
                "The machine is short of memory.".to_owned(),
                "src/heap/heap.cc: Heap::MemoryPressureNotification",
            ),
            Reason::HeapProfiler => (
                "A heap snapshot collects first, so that it shows live objects only.".to_owned(),
                "src/profiler/heap-snapshot-generator.cc: HeapSnapshotGenerator::GenerateSnapshot",
            ),
            Reason::Testing => (
                "It was asked for: by gc() in the snippet or by a button.".to_owned(),
                "src/extensions/gc-extension.cc: GCExtension::GC",
            ),
            Reason::Stress => (
                "A stress switch forces a collection at every Nth allocation.".to_owned(),
                "src/flags/flag-definitions.h: gc_interval",
            ),
        };
        self.add(sentence, source);
    }

    fn say_scavenge(&mut self, record: &CollectionRecord, profile: &Profile) {
        let dead = record.figures.new_used.saturating_sub(record.survived + record.promoted);
        let rule = match profile.promotion {
            PromotionRule::AgeMark => "it lies below the age mark, so it has survived a scavenge before",
            PromotionRule::AgeMarkOrQuarterFull => {
                "it has survived a scavenge before, or to-space is more than a quarter full"
            }
        };
        self.add(
            format!(
                "Of {} in new space, {} were copied to to-space, {} were promoted to old space, and {} were dead and cost nothing. \
                 An object is promoted if {rule}.",
                bytes(record.figures.new_used),
                bytes(record.survived),
                bytes(record.promoted),
                bytes(dead)
            ),
            "src/heap/heap-inl.h: Heap::ShouldBePromoted; src/heap/scavenger-inl.h: Scavenger::EvacuateObjectDefault",
        );
        let (survived, before) = (record.figures.survived_since_expansion, record.figures.new_capacity);
        if record.new_capacity_after > before {
            self.add(
                format!(
                    "Before it, new space grew from {} to {}, because {} had survived since it last grew: more than its capacity.",
                    bytes(before),
                    bytes(record.new_capacity_after),
                    bytes(survived)
                ),
                "src/heap/heap.cc: Heap::CheckNewSpaceExpansionCriteria",
            );
        } else if survived > 0 {
            self.add(
                format!(
                    "New space keeps its capacity of {}: {} have survived since it last grew; it grows when that is more than \
                     the capacity.",
                    bytes(before),
                    bytes(survived)
                ),
                "src/heap/heap.cc: Heap::CheckNewSpaceExpansionCriteria",
            );
        }
    }

    fn say_full(&mut self, record: &CollectionRecord, profile: &Profile) {
        self.add(
            format!(
                "It marked {} live, moved {} out of new space and {} out of {} evacuated pages, and cleared {} weak references. \
                 The heap went from {} to {}.",
                bytes(record.marked),
                bytes(record.promoted),
                bytes(record.evacuated),
                record.evacuated_pages,
                record.weak_cleared,
                bytes(record.used_before),
                bytes(record.used_after)
            ),
            "src/heap/mark-compact.cc: MarkCompactCollector::CollectGarbage",
        );
        let limit = bytes(record.old_limit_after);
        match profile.limit_rule {
            LimitRule::Fractions => self.add(
                format!("The next full collection is due when the old generation reaches {limit}: its live size and a half of it, and new space."),
                "src/heap.h (3.14): Heap::OldGenAllocationLimit",
            ),
            LimitRule::MutatorUtilisation => self.add(
                format!(
                    "The next full collection is due when the old generation reaches {limit}: the growing factor aims at a mutator \
                     that runs 97 of 100 ms, and it has had {} of 100 ms since the last one.",
                    fixed(record.current_mutator_utilisation * 100.0, 1)
                ),
                "src/heap/heap-controller.cc: MemoryController::GrowingFactor",
            ),
        }
    }

    fn say_cost(&mut self, record: &CollectionRecord) {
        let steps = &record.incremental;
        let before = if steps.steps > 0 {
            format!(
                " after {} marking steps of {} ms in all",
                steps.steps,
                fixed(steps.duration_ns as f64 / 1e6, 2)
            )
        } else {
            String::new()
        };
        let pause = fixed(record.pause_ns as f64 / 1e6, 2);
        self.add(
            format!("The pause took {pause} ms of virtual time{before}: the work done times its price."),
            "",
        );
    }

    /// What the fields of the log line mean, with their values.
    fn say_line(&mut self, record: &CollectionRecord, profile: &Profile) {
        let mb = |amount: u64| fixed(amount as f64 / (1 << 20) as f64, 1);
        let utilisation = match profile.trace {
            TraceEra::V10 | TraceEra::V11 => format!(
                "; mu is the mutator utilisation, the share of the time that the program itself ran: {} on average, {} \
                 since the last full collection",
                fixed(record.average_mutator_utilisation, 3),
                fixed(record.current_mutator_utilisation, 3)
            ),
            TraceEra::V3 | TraceEra::V4 => String::new(),
        };
        self.add(
            format!(
                "In the log line, {} -> {} MB are the objects before and after, the brackets ({} and {} MB) the committed pages; \
                 the ms are the pause and, behind the slash, callbacks of the embedder, of which there are none{utilisation}.",
                mb(record.used_before),
                mb(record.used_after),
                mb(record.committed_before),
                mb(record.committed_after)
            ),
            "src/heap/gc-tracer.cc: GCTracer::Print",
        );
    }
}

/// An amount with its unit.
pub(crate) fn bytes(amount: u64) -> String {
    const KIB: f64 = 1024.0;
    let value = amount as f64;
    if value < KIB {
        format!("{amount} bytes")
    } else if value < KIB * KIB {
        format!("{} KiB", fixed(value / KIB, 1))
    } else {
        format!("{} MiB", fixed(value / KIB / KIB, 1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use semispace_heap::{Figures, IncrementalFigures};

    fn record(kind: CollectionKind, reason: Reason) -> CollectionRecord {
        CollectionRecord {
            number: 3,
            kind,
            reason,
            collector_reason: CollectorReason::None,
            figures: Figures {
                requested: 56,
                new_used: 1_031_000,
                new_capacity: 1_031_072,
                ..Figures::default()
            },
            at_ns: 12_500_000,
            pause_ns: 400_000,
            used_before: 2 << 20,
            used_after: 1 << 20,
            committed_before: 4 << 20,
            committed_after: 4 << 20,
            promoted: 2048,
            survived: 4096,
            marked: 1 << 20,
            evacuated: 0,
            evacuated_pages: 0,
            weak_cleared: 0,
            external_released: 0,
            incremental: IncrementalFigures::default(),
            average_mutator_utilisation: 1.0,
            current_mutator_utilisation: 0.98,
            new_capacity_after: 1_031_072,
            old_limit_after: 64 << 20,
        }
    }

    fn check(record: &CollectionRecord, words: &[&str]) {
        for profile in &semispace_heap::PROFILES {
            let found = explain(record, profile);
            let text = found.sentences.join(" ");
            for word in words {
                assert!(text.contains(word), "{word:?} is not in {text}");
            }
            assert!(!found.sources.is_empty() && found.title.contains("collection 3"));
        }
    }

    #[test]
    fn the_figures_of_the_record_stand_in_the_sentences() {
        let minor = record(CollectionKind::Minor, Reason::AllocationFailure);
        check(
            &minor,
            &[
                "An object of 56 bytes did not fit",
                "1006.8 KiB of 1006.9 KiB",
                "4.0 KiB were copied",
                "0.40 ms",
            ],
        );
        check(&record(CollectionKind::Full, Reason::Testing), &["asked for", "1.0 MiB live", "64.0 MiB"]);
    }

    #[test]
    fn every_reason_has_a_sentence_and_a_source() {
        let reasons = [
            Reason::AllocationFailure,
            Reason::AllocationLimit,
            Reason::LastResort,
            Reason::Task,
            Reason::FinalizeMarkingViaStackGuard,
            Reason::FinalizeMarkingViaTask,
            Reason::ExternalMemoryPressure,
            Reason::LowMemory,
            Reason::Testing,
            Reason::HeapProfiler,
            Reason::Stress,
        ];
        for reason in reasons {
            let found = explain(&record(CollectionKind::Full, reason), &semispace_heap::PROFILES[0]);
            assert!(found.sentences.len() >= 4 && found.sources.len() >= 3, "{found:?}");
        }
    }
}
