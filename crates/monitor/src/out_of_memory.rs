//! The report of a process whose heap is full (V8: `V8::FatalProcessOutOfMemory`; Node: `OnFatalError`).

use semispace_heap::{CollectionRecord, OutOfMemory, TraceEra};

use crate::ProcessIds;
use crate::trace::{report, trace_line};

/// V8 keeps the end of the trace in a ring of so many bytes (`Heap::kTraceRingBufferSize`).
const RING_BYTES: usize = 512;
/// Since 5.x a line reaches the ring through a buffer of 256 bytes, and is cut without its line feed if it is longer
/// (`GCTracer::Output`).
const LINE_BYTES: usize = 255;

/// The text that goes to stderr before the process ends with code 134. `last` are the last collections, oldest first.
///
/// 3.14 had no ring of lines and said only what failed.
pub fn out_of_memory<'r>(
    error: &OutOfMemory,
    last: impl Iterator<Item = &'r CollectionRecord>,
    era: TraceEra,
    ids: ProcessIds,
) -> String {
    let fatal = match era {
        TraceEra::V3 => {
            return "FATAL ERROR: CALL_AND_RETRY_2 Allocation failed - process out of memory\n".to_owned();
        }
        TraceEra::V4 => "CALL_AND_RETRY_LAST Allocation failed - process out of memory".to_owned(),
        TraceEra::V10 | TraceEra::V11 => error.to_string(),
    };
    let lines = last_lines(last, era, ids);
    format!("\n<--- Last few GCs --->\n{lines}\n\n<--- JS stacktrace --->\n\nFATAL ERROR: {fatal}\n")
}

/// What the ring holds, from its first line feed on: the line before it has lost its beginning.
fn last_lines<'r>(
    last: impl Iterator<Item = &'r CollectionRecord>,
    era: TraceEra,
    ids: ProcessIds,
) -> String {
    let written: String = last.map(|record| ring_text(record, era, ids)).collect();
    let ring = &written[written.len().saturating_sub(RING_BYTES)..];
    match ring.find('\n') {
        Some(at) if at + 1 < ring.len() => ring[at..].to_owned(),
        _ => ring.to_owned(),
    }
}

/// One line as the ring takes it; 4.x leaves the prefix out.
fn ring_text(record: &CollectionRecord, era: TraceEra, ids: ProcessIds) -> String {
    if matches!(era, TraceEra::V3 | TraceEra::V4) {
        return report(record, era) + "\n";
    }
    let mut line = trace_line(record, era, ids) + "\n";
    line.truncate(LINE_BYTES);
    line
}
