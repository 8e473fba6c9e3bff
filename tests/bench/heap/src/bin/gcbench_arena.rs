//! gcbench on `arena`.
fn main() {
    semispace_bench::report(semispace_bench::arena::gc_bench, semispace_bench::GC_BENCH_SUM);
}
