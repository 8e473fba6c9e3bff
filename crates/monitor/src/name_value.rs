//! `--trace-gc-nvp` lines (V8: `GCTracer::PrintNVP`): the figures of a collection as `name=value`.
//!
//! The names are those of V8 in each era. V8 also prints the durations of some eighty phases of its own; only what this
//! heap can answer is printed.

use std::collections::VecDeque;

use semispace_heap::{CollectionKind, CollectionRecord, TraceEra};

use crate::ProcessIds;
use crate::fixed::fixed;
use crate::trace::ms;

/// V8 averages the survival ratio over so many collections (`RingBuffer::kSize`).
const SURVIVAL_RATIOS: usize = 10;

/// What a line needs from the collections before it.
#[derive(Clone, Debug, Default)]
pub struct NameValueTrace {
    previous_end_ns: u64,
    previous_used: u64,
    previous_survived: u64,
    survival_ratios: VecDeque<f64>,
}

/// Shares of new space, in per cent (V8: `Heap::UpdateSurvivalStatistics`).
struct Survival {
    promotion_ratio: f64,
    promotion_rate: f64,
    survive_rate: f64,
    average_ratio: f64,
}

impl NameValueTrace {
    /// The line of a collection, without its line feed. Sizes are bytes, times virtual milliseconds. Call it for every
    /// collection, oldest first.
    pub fn line(&mut self, record: &CollectionRecord, era: TraceEra, ids: ProcessIds) -> String {
        let mutator_ns = record.at_ns.saturating_sub(record.pause_ns + self.previous_end_ns);
        let allocated = record.used_before.saturating_sub(self.previous_used);
        let survival = self.survival(record);
        self.previous_end_ns = record.at_ns;
        self.previous_used = record.used_after;
        let (pause, mutator) = match era {
            TraceEra::V3 => (fixed(ms(record.pause_ns), 0), fixed(ms(mutator_ns), 0)),
            _ => (fixed(ms(record.pause_ns), 1), fixed(ms(mutator_ns), 1)),
        };
        let mut line = format!(
            "{}{:>8} ms: pause={pause} mutator={mutator} gc={}",
            ids.prefix(era),
            fixed(ms(record.at_ns), 0),
            collector(record.kind, era)
        );
        if matches!(era, TraceEra::V10 | TraceEra::V11) {
            let reduces = record.kind == CollectionKind::FullReduceMemory;
            line += &format!(" reduce_memory={}{}", u8::from(reduces), incremental(record));
        }
        line += &format!(
            " total_size_before={} total_size_after={} allocated={allocated} promoted={}",
            record.used_before, record.used_after, record.promoted
        );
        line + &match era {
            TraceEra::V3 => format!(
                " stepscount={} stepstook={}",
                record.incremental.steps,
                fixed(ms(record.incremental.duration_ns), 0)
            ),
            TraceEra::V4 => format!(
                "{} steps_count={} steps_took={}",
                survival.pairs("semi_space_copied", "semi_space_copy_rate", record),
                record.incremental.steps,
                fixed(ms(record.incremental.duration_ns), 1)
            ),
            TraceEra::V10 => survival.pairs("semi_space_copied", "semi_space_copy_rate", record),
            // The underscore is V8's own.
            TraceEra::V11 if record.kind == CollectionKind::Minor => {
                survival.pairs("new_space_survived", "new_space_survive_rate_", record)
            }
            TraceEra::V11 => survival.pairs("new_space_survived", "new_space_survive_rate", record),
        }
    }

    fn survival(&mut self, record: &CollectionRecord) -> Survival {
        let share = |part: u64, whole: u64| if whole == 0 { 0.0 } else { part as f64 / whole as f64 * 100.0 };
        let promotion_ratio = share(record.promoted, record.figures.new_used);
        let promotion_rate = share(record.promoted, self.previous_survived);
        let survive_rate = share(record.survived, record.figures.new_used);
        self.previous_survived = record.survived;
        if record.figures.new_used > 0 {
            self.survival_ratios.truncate(SURVIVAL_RATIOS - 1);
            self.survival_ratios.push_front(promotion_ratio + survive_rate);
        }
        let average_ratio = match self.survival_ratios.len() {
            0 => 0.0,
            count => self.survival_ratios.iter().sum::<f64>() / count as f64,
        };
        Survival { promotion_ratio, promotion_rate, survive_rate, average_ratio }
    }
}

impl Survival {
    fn pairs(&self, survived: &str, rate: &str, record: &CollectionRecord) -> String {
        format!(
            " {survived}={} promotion_ratio={}% average_survival_ratio={}% promotion_rate={}% {rate}={}%",
            record.survived,
            fixed(self.promotion_ratio, 1),
            fixed(self.average_ratio, 1),
            fixed(self.promotion_rate, 1),
            fixed(self.survive_rate, 1)
        )
    }
}

const fn collector(kind: CollectionKind, era: TraceEra) -> &'static str {
    match (kind, era) {
        (CollectionKind::Minor, _) => "s",
        (_, TraceEra::V3 | TraceEra::V4) => "ms",
        (_, TraceEra::V10 | TraceEra::V11) => "mc",
    }
}

/// Incremental marking in the words of 10.x and 11.x: the steps since the last collection behind a scavenge, all steps of
/// the marking behind a full collection.
fn incremental(record: &CollectionRecord) -> String {
    let steps = &record.incremental;
    let took = fixed(ms(steps.duration_ns), 1);
    if record.kind == CollectionKind::Minor {
        return format!(" incremental.steps_count={} incremental.steps_took={took}", steps.steps);
    }
    format!(
        " incremental={took} incremental_longest_step={} incremental_steps_count={} incremental_walltime_duration={}",
        fixed(ms(steps.longest_ns), 1),
        steps.steps,
        fixed(ms(steps.walltime_ns), 0)
    )
}
