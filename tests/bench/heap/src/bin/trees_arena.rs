//! trees on `arena`.
fn main() {
    semispace_bench::report(semispace_bench::arena::binary_trees, semispace_bench::TREE_SUM);
}
