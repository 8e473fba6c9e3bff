//! trees on `heap`.
fn main() {
    semispace_bench::report(semispace_bench::heap::binary_trees, semispace_bench::TREE_SUM);
}
