//! trees on `boxed`.
fn main() {
    semispace_bench::report(semispace_bench::boxed::binary_trees, semispace_bench::TREE_SUM);
}
