//! Trace lines against lines that V8 itself printed in each era, with the same figures.

mod common;

use common::record;
use semispace_heap::{
    CollectionKind, CollectionRecord, IncrementalFigures, OomReason, OutOfMemory, Reason, TraceEra,
};
use semispace_monitor::{NameValueTrace, ProcessIds, out_of_memory, trace_line};

const US: u64 = 1_000;

fn check(record: &CollectionRecord, era: TraceEra, ids: (u32, u64), expected: &str) {
    assert_eq!(trace_line(record, era, ProcessIds { pid: ids.0, isolate: ids.1 }), expected);
}

fn scavenge(at_ms: u64, pause_ns: u64, mib: [f64; 4]) -> CollectionRecord {
    record(CollectionKind::Minor, at_ms, pause_ns, mib)
}

fn full(at_ms: u64, pause_ns: u64, mib: [f64; 4], steps: IncrementalFigures) -> CollectionRecord {
    CollectionRecord { incremental: steps, ..record(CollectionKind::Full, at_ms, pause_ns, mib) }
}

fn steps(steps: u32, duration_us: u64, longest_us: u64, walltime_us: u64) -> IncrementalFigures {
    IncrementalFigures {
        steps,
        duration_ns: duration_us * US,
        longest_ns: longest_us * US,
        walltime_ns: walltime_us * US,
    }
}

#[test]
fn lines_of_3_14() {
    let ids = (94_062, 0);
    check(
        &scavenge(42, 1_900_000, [2.6, 38.0, 2.1, 38.0]),
        TraceEra::V3,
        ids,
        "[94062]       42 ms: Scavenge 2.6 (38.0) -> 2.1 (38.0) MB, 1 ms [allocation failure].",
    );
    let during_marking =
        CollectionRecord { incremental: steps(3, 2500, 0, 0), ..scavenge(42, 0, [2.6, 38.0, 2.1, 38.0]) };
    check(
        &during_marking,
        TraceEra::V3,
        ids,
        "[94062]       42 ms: Scavenge 2.6 (38.0) -> 2.1 (38.0) MB, 0 ms (+ 2 ms in 3 steps since last GC) \
         [allocation failure].",
    );
    check(
        &full(155, 8_000_000, [9.4, 41.0, 5.6, 43.0], steps(21, 14_300, 3_500, 60_000)),
        TraceEra::V3,
        ids,
        "[94062]      155 ms: Mark-sweep 9.4 (41.0) -> 5.6 (43.0) MB, 8 ms (+ 14 ms in 21 steps since start of \
         marking, biggest step 3.500000 ms) [StackGuard GC request] [GC in old space requested].",
    );
}

#[test]
fn lines_of_4_x() {
    let ids = (12_543, 0x1_0200_4a00);
    check(
        &scavenge(140_144, 400 * US, [9.7, 46.9, 8.9, 46.9]),
        TraceEra::V4,
        ids,
        "[12543:0x102004a00]   140144 ms: Scavenge 9.7 (46.9) -> 8.9 (46.9) MB, 0.4 / 0 ms [allocation failure].",
    );
    let during_marking = CollectionRecord {
        incremental: steps(2, 800, 0, 0),
        ..scavenge(140_585, 200 * US, [10.6, 47.9, 9.9, 47.9])
    };
    check(
        &during_marking,
        TraceEra::V4,
        ids,
        "[12543:0x102004a00]   140585 ms: Scavenge 10.6 (47.9) -> 9.9 (47.9) MB, 0.2 / 0 ms (+ 0.8 ms in 2 steps \
         since last GC) [allocation failure].",
    );
    check(
        &full(140_589, 2600 * US, [10.7, 47.9, 9.0, 47.9], steps(20, 6300, 1100, 9000)),
        TraceEra::V4,
        ids,
        "[12543:0x102004a00]   140589 ms: Mark-sweep 10.7 (47.9) -> 9.0 (47.9) MB, 2.6 / 0 ms (+ 6.3 ms in 20 \
         steps since start of marking, biggest step 1.1 ms) [GC interrupt] [GC in old space requested].",
    );
}

#[test]
fn lines_of_10_x() {
    let ids = (1, 0x3a0e_d4f0);
    let first = CollectionRecord {
        current_mutator_utilisation: 1.0,
        ..scavenge(2752, 115_200 * US, [516.6, 551.1, 516.6, 551.1])
    };
    check(
        &first,
        TraceEra::V10,
        ids,
        "[1:0x3a0ed4f0]     2752 ms: Scavenge 516.6 (551.1) -> 516.6 (551.1) MB, 115.2 / 0.0 ms  (average mu = \
         1.000, current mu = 1.000) allocation failure; ",
    );
    let reduce = CollectionRecord {
        kind: CollectionKind::FullReduceMemory,
        average_mutator_utilisation: 0.6,
        ..full(3791, 501_100 * US, [912.6, 947.4, 912.2, 947.4], steps(49, 300, 100, 1_039_000))
    };
    check(
        &reduce,
        TraceEra::V10,
        ids,
        "[1:0x3a0ed4f0]     3791 ms: Mark-sweep (reduce) 912.6 (947.4) -> 912.2 (947.4) MB, 501.1 / 0.0 ms  (+ 0.3 \
         ms in 49 steps since start of marking, biggest step 0.1 ms, walltime since start of marking 1039 ms) \
         (average mu = 0.600, current mu = 0.500) finalize incremental marking via stack guard; GC in old space \
         requested",
    );
}

#[test]
fn lines_of_11_x() {
    let ids = (28_756, 0x3942_ed70);
    let first = CollectionRecord {
        current_mutator_utilisation: 1.0,
        ..scavenge(67, 13_750 * US, [19.7, 28.2, 18.7, 49.0])
    };
    check(
        &first,
        TraceEra::V11,
        ids,
        "[28756:0x3942ed70]       67 ms: Scavenge 19.7 (28.2) -> 18.7 (49.0) MB, 13.75 / 0.00 ms  (average mu = \
         1.000, current mu = 1.000) allocation failure; ",
    );
    let asked = CollectionRecord {
        reason: Reason::Testing,
        ..full(99, 4290 * US, [28.9, 52.3, 2.5, 36.0], IncrementalFigures::default())
    };
    check(
        &asked,
        TraceEra::V11,
        ids,
        "[28756:0x3942ed70]       99 ms: Mark-Compact 28.9 (52.3) -> 2.5 (36.0) MB, 4.29 / 0.00 ms  (average mu = \
         1.000, current mu = 0.500) testing; GC in old space requested",
    );
    check(
        &full(47, 3000 * US, [13.3, 28.3, 11.6, 28.3], steps(15, 6700, 3200, 10_000)),
        TraceEra::V11,
        ids,
        "[28756:0x3942ed70]       47 ms: Mark-Compact 13.3 (28.3) -> 11.6 (28.3) MB, 3.00 / 0.00 ms  (+ 6.7 ms in 15 \
         steps since start of marking, biggest step 3.2 ms, walltime since start of marking 10 ms) (average mu = \
         1.000, current mu = 0.500) finalize incremental marking via stack guard; GC in old space requested",
    );
}

/// The first two lines that `node --trace-gc --trace-gc-nvp` (v20.20.2) printed for a script, the phases left out.
#[test]
fn name_value_pairs_of_11_x() {
    let mut first = scavenge(20, 1000 * US, [0.0; 4]);
    (first.used_before, first.used_after, first.survived) = (3_994_568, 3_770_920, 703_512);
    first.figures.new_used = 950_000;
    let mut second = scavenge(22, 1000 * US, [0.0; 4]);
    (second.used_before, second.used_after, second.survived, second.promoted) =
        (4_074_336, 4_010_776, 303_416, 650_160);
    second.figures.new_used = 1_030_364;
    let ids = ProcessIds { pid: 28_740, isolate: 0xc9d_2e20 };
    let mut trace = NameValueTrace::default();
    assert_eq!(
        trace.line(&first, TraceEra::V11, ids),
        "[28740:0xc9d2e20]       20 ms: pause=1.0 mutator=19.0 gc=s reduce_memory=0 incremental.steps_count=0 \
         incremental.steps_took=0.0 total_size_before=3994568 total_size_after=3770920 allocated=3994568 promoted=0 \
         new_space_survived=703512 promotion_ratio=0.0% average_survival_ratio=74.1% promotion_rate=0.0% \
         new_space_survive_rate_=74.1%"
    );
    assert_eq!(
        trace.line(&second, TraceEra::V11, ids),
        "[28740:0xc9d2e20]       22 ms: pause=1.0 mutator=1.0 gc=s reduce_memory=0 incremental.steps_count=0 \
         incremental.steps_took=0.0 total_size_before=4074336 total_size_after=4010776 allocated=303416 \
         promoted=650160 new_space_survived=303416 promotion_ratio=63.1% average_survival_ratio=83.3% \
         promotion_rate=92.4% new_space_survive_rate_=29.4%"
    );
    let last = full(31, 4500 * US, [28.9, 52.3, 2.5, 36.0], steps(15, 6700, 3200, 10_000));
    let line = trace.line(&last, TraceEra::V11, ids);
    let expected = " gc=mc reduce_memory=0 incremental=6.7 incremental_longest_step=3.2 incremental_steps_count=15 \
                    incremental_walltime_duration=10 total_size_before=";
    assert!(line.contains(expected), "{line}");
    assert!(line.ends_with(" new_space_survive_rate=0.0%"), "{line}");
}

#[test]
fn name_value_pairs_of_older_eras() {
    let mut first = scavenge(636, 1000 * US, [0.0; 4]);
    (first.used_before, first.used_after, first.promoted) = (2_398_448, 2_017_168, 392_648);
    let line = |era| NameValueTrace::default().line(&first, era, ProcessIds { pid: 9893, isolate: 1 });
    assert_eq!(
        line(TraceEra::V3),
        "[9893]      636 ms: pause=1 mutator=635 gc=s total_size_before=2398448 total_size_after=2017168 \
         allocated=2398448 promoted=392648 stepscount=0 stepstook=0"
    );
    assert!(line(TraceEra::V4).ends_with(" semi_space_copy_rate=0.0% steps_count=0 steps_took=0.0"));
    assert!(line(TraceEra::V10).contains(" semi_space_copied=0 "));
}

fn report(era: TraceEra, records: &[CollectionRecord]) -> String {
    let error = OutOfMemory { reason: OomReason::ReachedHeapLimit, requested: 8, old_used: 0 };
    out_of_memory(&error, records.iter(), era, ProcessIds { pid: 1, isolate: 16 })
}

#[test]
fn a_full_heap_of_11_x_shows_the_ring_of_512_bytes() {
    let cut = full(47, 3000 * US, [13.3, 28.3, 11.6, 28.3], steps(15, 6700, 3200, 10_000));
    let last = full(68, 16_450 * US, [24.4, 33.2, 21.1, 29.9], IncrementalFigures::default());
    let cut_line = trace_line(&cut, TraceEra::V11, ProcessIds { pid: 1, isolate: 16 });
    let last_line = trace_line(&last, TraceEra::V11, ProcessIds { pid: 1, isolate: 16 });
    let first = scavenge(40, 0, [1.0; 4]);
    let text = report(TraceEra::V11, &[first, cut, last]);
    // A line of more than 255 bytes loses its end and its line feed, as in Node's own reports.
    let expected = format!(
        "\n<--- Last few GCs --->\n\n{}{last_line}\n\n\n<--- JS stacktrace --->\n\nFATAL ERROR: Reached heap limit \
         Allocation failed - JavaScript heap out of memory\n",
        &cut_line[..255]
    );
    assert!(cut_line.len() > 255);
    assert_eq!(text, expected);
}

#[test]
fn a_full_heap_of_4_x_and_3_14() {
    let records: Vec<_> =
        (0..16).map(|at| scavenge(491_592 + at, 400 * US, [1335.0, 1457.9, 1334.9, 1457.9])).collect();
    let line = |at| {
        format!(
            "  {at} ms: Scavenge 1335.0 (1457.9) -> 1334.9 (1457.9) MB, 0.4 / 0 ms [allocation failure].\n"
        )
    };
    let lines: String = (491_603..=491_607).map(line).collect();
    assert_eq!(
        report(TraceEra::V4, &records),
        format!(
            "\n<--- Last few GCs --->\n\n{lines}\n\n<--- JS stacktrace --->\n\nFATAL ERROR: CALL_AND_RETRY_LAST \
             Allocation failed - process out of memory\n"
        )
    );
    assert_eq!(
        report(TraceEra::V3, &records),
        "FATAL ERROR: CALL_AND_RETRY_2 Allocation failed - process out of memory\n"
    );
}
