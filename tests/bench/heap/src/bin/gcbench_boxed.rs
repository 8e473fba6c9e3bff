//! gcbench on `boxed`.
fn main() {
    semispace_bench::report(semispace_bench::boxed::gc_bench, semispace_bench::GC_BENCH_SUM);
}
