//! The report of a process whose heap is full (V8: `V8::FatalProcessOutOfMemory`; Node: `OnFatalError`).

use semispace_heap::{CollectionRecord, OutOfMemory, TraceEra};

use crate::{ProcessIds, trace_line};

/// V8 keeps the last lines of the trace in a ring of so many bytes.
const RING_BYTES: usize = 512;

/// The text that goes to stderr before the process ends with code 134. `last` are the last collections, oldest first.
pub fn out_of_memory<'r>(
    error: &OutOfMemory,
    last: impl DoubleEndedIterator<Item = &'r CollectionRecord>,
    era: TraceEra,
    ids: ProcessIds,
) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut bytes = 0;
    for record in last.rev() {
        let line = trace_line(record, era, ids);
        bytes += line.len() + 1;
        if bytes > RING_BYTES {
            break;
        }
        lines.push(line);
    }
    lines.reverse();
    format!(
        "\n<--- Last few GCs --->\n\n{}\n\n\n<--- JS stacktrace --->\n\nFATAL ERROR: {error}\n",
        lines.join("\n")
    )
}
