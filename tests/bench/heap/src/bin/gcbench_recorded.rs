//! GCBench with an observer that records collections and spaces.
use semispace_heap::{EventMask, Recorder};

fn main() {
    let run = || semispace_bench::heap::gc_bench_observed(Recorder::new(EventMask::COLLECTION, 65_536));
    semispace_bench::report(run, semispace_bench::GC_BENCH_SUM);
}
