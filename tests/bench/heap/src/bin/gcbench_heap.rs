//! gcbench on `heap`.
fn main() {
    semispace_bench::report(semispace_bench::heap::gc_bench, semispace_bench::GC_BENCH_SUM);
}
