//! `--trace-gc` and `--trace-gc-nvp` lines (V8: `GCTracer::Print` and `PrintNVP`, `src/heap/gc-tracer.cc`).

use semispace_heap::{CollectionKind, CollectionRecord, TraceEra};

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

fn mib(bytes: u64) -> f64 {
    bytes as f64 / MIB
}

fn ms(nanoseconds: u64) -> f64 {
    nanoseconds as f64 / 1e6
}

/// One `--trace-gc` line, without its line feed. Sizes are MiB, times virtual milliseconds.
pub fn trace_line(record: &CollectionRecord, era: TraceEra, ids: ProcessIds) -> String {
    let head = format!("{:8.0} ms: ", ms(record.at_ns));
    let sizes = format!(
        "{:.1} ({:.1}) -> {:.1} ({:.1}) MB",
        mib(record.used_before),
        mib(record.committed_before),
        mib(record.used_after),
        mib(record.committed_after)
    );
    match era {
        TraceEra::V3 => format!("[{}]  {head}{}", ids.pid, era_3(record, &sizes)),
        TraceEra::V4 => format!("[{}]  {head}{}", ids.pid, era_4(record, &sizes)),
        TraceEra::V11 => format!("[{}:{:#x}] {head}{}", ids.pid, ids.isolate, era_11(record, &sizes)),
    }
}

fn collector(record: &CollectionRecord, full: &'static str) -> &'static str {
    if record.kind.is_full() { full } else { "Scavenge" }
}

fn era_3(record: &CollectionRecord, sizes: &str) -> String {
    let pause = ms(record.pause_ns) as u64;
    let steps = &record.incremental;
    let incremental = if record.kind.is_full() && steps.steps > 0 {
        format!(
            " (+ {} ms in {} steps since start of marking, biggest step {:.6} ms)",
            ms(steps.duration_ns) as u64,
            steps.steps,
            ms(steps.longest_ns)
        )
    } else {
        String::new()
    };
    let (reason, collector_reason) = reasons(record);
    format!("{} {sizes}, {pause} ms{incremental}{reason}{collector_reason}.", collector(record, "Mark-sweep"))
}

fn era_4(record: &CollectionRecord, sizes: &str) -> String {
    let steps = &record.incremental;
    let incremental = if record.kind.is_full() && steps.steps > 0 {
        format!(
            " (+ {:.1} ms in {} steps since start of marking, biggest step {:.1} ms)",
            ms(steps.duration_ns),
            steps.steps,
            ms(steps.longest_ns)
        )
    } else {
        String::new()
    };
    let (reason, collector_reason) = reasons(record);
    let pause = ms(record.pause_ns);
    format!(
        "{} {sizes}, {pause:.1} / 0 ms{incremental}{reason}{collector_reason}.",
        collector(record, "Mark-sweep")
    )
}

/// ` [reason] [collector reason]`, each only if there is one.
fn reasons(record: &CollectionRecord) -> (String, String) {
    let bracketed = |text: &str| if text.is_empty() { String::new() } else { format!(" [{text}]") };
    (bracketed(record.reason.as_str()), bracketed(record.collector_reason.as_str()))
}

fn era_11(record: &CollectionRecord, sizes: &str) -> String {
    let name = collector(record, "Mark-Compact");
    let reduce = if record.kind == CollectionKind::FullReduceMemory { " (reduce)" } else { "" };
    let pause = ms(record.pause_ns);
    let steps = &record.incremental;
    let incremental = if record.kind.is_full() && steps.steps > 0 {
        format!(
            " (+ {:.1} ms in {} steps since start of marking, biggest step {:.1} ms, walltime since start of marking {:.0} ms)",
            ms(steps.duration_ns),
            steps.steps,
            ms(steps.longest_ns),
            ms(steps.walltime_ns)
        )
    } else {
        String::new()
    };
    let (average, current) = (record.average_mutator_utilisation, record.current_mutator_utilisation);
    format!(
        "{name}{reduce} {sizes}, {pause:.2} / 0.00 ms {incremental} (average mu = {average:.3}, current mu = {current:.3}) {}; {}",
        record.reason.as_str(),
        record.collector_reason.as_str()
    )
}

/// One `--trace-gc-nvp` line: the figures of a collection as `name=value`. Sizes are bytes, times virtual ms.
pub fn name_value_pairs(record: &CollectionRecord, ids: ProcessIds) -> String {
    let full = record.kind.is_full();
    format!(
        "[{}:{:#x}] {:8.0} ms: pause={:.2} mutator={:.2} gc={} reduce_memory={} total_size_before={} total_size_after={} \
         holes_size_before=0 holes_size_after=0 allocated={} promoted={} new_space_survived={} nodes_died_in_new=0 \
         marked={} evacuated={} incremental_steps_count={} incremental_steps_took={:.1}",
        ids.pid,
        ids.isolate,
        ms(record.at_ns),
        ms(record.pause_ns),
        ms(record.at_ns.saturating_sub(record.pause_ns)),
        if full { "mc" } else { "s" },
        u8::from(record.kind == CollectionKind::FullReduceMemory),
        record.used_before,
        record.used_after,
        record.figures.new_used,
        record.promoted,
        record.survived,
        record.marked,
        record.evacuated,
        record.incremental.steps,
        ms(record.incremental.duration_ns),
    )
}
