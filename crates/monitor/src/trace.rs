//! `--trace-gc` lines (V8: `GCTracer::~GCTracer` in `src/heap.cc` of 3.14, `GCTracer::Print` in
//! `src/heap/gc-tracer.cc` since).

use semispace_heap::{CollectionKind, CollectionRecord, TraceEra};

use crate::fixed::fixed;
use crate::reason::{collector_words, words};

const MIB: f64 = 1024.0 * 1024.0;

/// What a line says of the process: numbers that mean nothing in a virtual machine, but that readers of logs expect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProcessIds {
    /// Process number.
    pub pid: u32,
    /// Address of the isolate.
    pub isolate: u64,
}

impl Default for ProcessIds {
    fn default() -> Self {
        Self { pid: 1, isolate: 0x5310_0000 }
    }
}

impl ProcessIds {
    /// What a line begins with; the isolate is named since 4.x.
    pub(crate) fn prefix(self, era: TraceEra) -> String {
        match era {
            TraceEra::V3 => format!("[{}] ", self.pid),
            TraceEra::V4 | TraceEra::V10 | TraceEra::V11 => format!("[{}:{:#x}] ", self.pid, self.isolate),
        }
    }
}

/// Nanoseconds as milliseconds.
pub(crate) fn ms(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e6
}

/// One `--trace-gc` line, without its line feed. Sizes are MiB, times virtual milliseconds.
#[must_use]
pub fn trace_line(record: &CollectionRecord, era: TraceEra, ids: ProcessIds) -> String {
    ids.prefix(era) + &report(record, era)
}

/// The line without its prefix.
pub(crate) fn report(record: &CollectionRecord, era: TraceEra) -> String {
    let duration = match era {
        // The time of callbacks is printed only if there was any: here there is none.
        TraceEra::V3 => format!("{} ms", ms(record.pause_ns) as u64),
        TraceEra::V4 => format!("{} / 0 ms", fixed(ms(record.pause_ns), 1)),
        TraceEra::V10 => format!("{} / 0.0 ms", fixed(ms(record.pause_ns), 1)),
        TraceEra::V11 => format!("{} / 0.00 ms", fixed(ms(record.pause_ns), 2)),
    };
    let end = match era {
        TraceEra::V3 | TraceEra::V4 => bracketed_end(record, era),
        TraceEra::V10 | TraceEra::V11 => utilisation_end(record, era),
    };
    format!(
        "{:>8} ms: {} {}, {duration}{end}",
        fixed(ms(record.at_ns), 0),
        collector(record, era),
        sizes(record)
    )
}

fn collector(record: &CollectionRecord, era: TraceEra) -> &'static str {
    match (record.kind, era) {
        (CollectionKind::Minor, _) => "Scavenge",
        (_, TraceEra::V3 | TraceEra::V4) | (CollectionKind::Full, TraceEra::V10) => "Mark-sweep",
        (CollectionKind::FullReduceMemory, TraceEra::V10) => "Mark-sweep (reduce)",
        (CollectionKind::Full, TraceEra::V11) => "Mark-Compact",
        (CollectionKind::FullReduceMemory, TraceEra::V11) => "Mark-Compact (reduce)",
    }
}

fn sizes(record: &CollectionRecord) -> String {
    let mib = |bytes: u64| fixed(bytes as f64 / MIB, 1);
    format!(
        "{} ({}) -> {} ({}) MB",
        mib(record.used_before),
        mib(record.committed_before),
        mib(record.used_after),
        mib(record.committed_after)
    )
}

/// 3.14 and 4.x: what incremental marking did, then each reason in brackets, if there is one, and a full stop.
fn bracketed_end(record: &CollectionRecord, era: TraceEra) -> String {
    let steps = &record.incremental;
    let whole_ms = era == TraceEra::V3;
    let took =
        if whole_ms { (ms(steps.duration_ns) as u64).to_string() } else { fixed(ms(steps.duration_ns), 1) };
    let longest = ms(steps.longest_ns);
    let longest = if whole_ms { format!("{longest:.6}") } else { fixed(longest, 1) };
    let incremental = match (steps.steps, record.kind) {
        (0, _) => String::new(),
        (count, CollectionKind::Minor) => format!(" (+ {took} ms in {count} steps since last GC)"),
        (count, _) => {
            format!(" (+ {took} ms in {count} steps since start of marking, biggest step {longest} ms)")
        }
    };
    let bracketed = |text: &str| if text.is_empty() { String::new() } else { format!(" [{text}]") };
    let reason = bracketed(words(record.reason, era));
    let collector_reason = bracketed(collector_words(record.collector_reason, era));
    format!("{incremental}{reason}{collector_reason}.")
}

/// Since 6.x: incremental marking, mutator utilisation, and both reasons; empty texts leave their blanks.
fn utilisation_end(record: &CollectionRecord, era: TraceEra) -> String {
    let steps = &record.incremental;
    let incremental = if record.kind.is_full() && steps.steps > 0 {
        format!(
            " (+ {} ms in {} steps since start of marking, biggest step {} ms, walltime since start of marking {} ms)",
            fixed(ms(steps.duration_ns), 1),
            steps.steps,
            fixed(ms(steps.longest_ns), 1),
            fixed(ms(steps.walltime_ns), 0)
        )
    } else {
        String::new()
    };
    format!(
        " {incremental} (average mu = {}, current mu = {}) {}; {}",
        fixed(record.average_mutator_utilisation, 3),
        fixed(record.current_mutator_utilisation, 3),
        words(record.reason, era),
        collector_words(record.collector_reason, era)
    )
}
