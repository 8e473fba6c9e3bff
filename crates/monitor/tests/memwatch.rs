//! memwatch's figures against sums done by hand.

mod common;

use common::record;
use semispace_heap::{CollectionKind, CollectionRecord};
use semispace_monitor::{Arithmetic, HeapDiff, HeapMoment, HeapNode, Leak, Memwatch, Stats};

fn full(used: u64) -> CollectionRecord {
    CollectionRecord { used_after: used, ..record(CollectionKind::Full, 0, 0, [0.0; 4]) }
}

/// The last statistics after full collections that left so many bytes each.
fn last_stats(arithmetic: Arithmetic, bases: impl IntoIterator<Item = u64>) -> Stats {
    let mut memwatch = Memwatch::new(arithmetic);
    let reports = bases.into_iter().filter_map(|base| memwatch.collected(&full(base), 0.0));
    reports.last().expect("a full collection").stats
}

fn leaks(arithmetic: Arithmetic, collections: &[(u64, f64)]) -> Vec<Leak> {
    let mut memwatch = Memwatch::new(arithmetic);
    collections.iter().filter_map(|&(base, at)| memwatch.collected(&full(base), at)?.leak).collect()
}

#[test]
fn collections_are_counted_by_kind_and_only_full_ones_report() {
    let mut memwatch = Memwatch::default();
    let minor = record(CollectionKind::Minor, 0, 0, [1.0; 4]);
    assert_eq!(memwatch.collected(&minor, 0.0), None);
    assert_eq!(memwatch.collected(&minor, 0.0), None);
    let stats = memwatch.collected(&full(1000), 0.0).expect("a report").stats;
    assert_eq!((stats.num_full_gc, stats.num_inc_gc, stats.heap_compactions), (1, 2, 1));
    let reduce = CollectionRecord { kind: CollectionKind::FullReduceMemory, ..full(1000) };
    let stats = memwatch.collected(&reduce, 0.0).expect("a report").stats;
    assert_eq!((stats.num_full_gc, stats.num_inc_gc, stats.heap_compactions), (2, 2, 2));
}

#[test]
fn below_ten_the_base_is_the_current_one_and_there_is_no_trend() {
    let stats = last_stats(Arithmetic::Original, [1000, 5000, 3000, 4000, 9000, 2000, 8000, 7000, 6000]);
    assert_eq!((stats.current_base, stats.estimated_base, stats.usage_trend), (6000.0, 6000.0, 0.0));
}

#[test]
fn the_extremes_are_kept_from_the_third_on() {
    let stats = last_stats(Arithmetic::Original, [10, 9000]);
    assert_eq!((stats.min, stats.max), (0.0, 0.0));
    let stats = last_stats(Arithmetic::Original, [10, 9000, 3000]);
    assert_eq!((stats.min, stats.max), (3000.0, 3000.0));
    let stats = last_stats(Arithmetic::Original, [10, 9000, 3000, 2000, 4000, 3500]);
    assert_eq!((stats.min, stats.max), (2000.0, 4000.0));
}

/// The tenth: recent = (1000000 x 9 + 2000000) / 10 = 1100000, ancient the same because min(120, 10) is 10. The eleventh:
/// recent = (1100000 x 9 + 2000000) / 10 = 1190000, ancient = (1100000 x 10 + 2000000) / 11 = 1181818.18, cut to
/// 1181818; the trend is 8182 / 1181818 = 0.69 %.
#[test]
fn from_ten_on_bases_are_moving_averages() {
    let nine = [1_000_000; 9];
    let tenth = last_stats(Arithmetic::Original, nine.into_iter().chain([2_000_000]));
    assert_eq!((tenth.estimated_base, tenth.usage_trend), (1_100_000.0, 0.0));
    let eleventh = last_stats(Arithmetic::Original, nine.into_iter().chain([2_000_000; 2]));
    assert_eq!((eleventh.estimated_base, eleventh.usage_trend), (1_190_000.0, 0.7));
}

/// The ancient average never looks back further than 120 collections: after the 130th it has moved by a 120th, to
/// (1000000 x 119 + 2200000) / 120 = 1010000, the recent one by a tenth, to 1120000: 110000 / 1010000 = 10.9 %.
#[test]
fn the_ancient_period_is_120() {
    let stats = last_stats(Arithmetic::Original, [1_000_000; 129].into_iter().chain([2_200_000]));
    assert_eq!((stats.estimated_base, stats.usage_trend), (1_120_000.0, 10.9));
}

/// Nine of 1000000, then 2000000, then 100000. The eleventh: recent = (1100000 x 9 + 100000) / 10 = 1000000, ancient =
/// (1100000 x 10 + 100000) / 11 = 1009090.9, cut to 1009090. The difference is -9090, as an unsigned number
/// 4294958206; over 1009090 that is 425627 %.
#[test]
fn a_falling_base_wraps_around_unless_corrected() {
    let bases = || [1_000_000; 9].into_iter().chain([2_000_000, 100_000]);
    let original = last_stats(Arithmetic::Original, bases());
    assert_eq!(original.estimated_base, 1_000_000.0);
    assert_eq!(original.usage_trend, 425_626.9);
    let corrected = last_stats(Arithmetic::Corrected, bases());
    assert_eq!((corrected.estimated_base, corrected.usage_trend), (1_000_000.0, -0.9));
}

/// 600 MB x 9 needs 33 bits: 5400000000 - 4294967296 = 1105032704, plus 600000000, over 10 = 170503270.
#[test]
fn a_large_base_overflows_unless_corrected() {
    let original = last_stats(Arithmetic::Original, [600_000_000; 10]);
    assert_eq!(original.estimated_base, 170_503_270.0);
    let corrected = last_stats(Arithmetic::Corrected, [600_000_000; 10]);
    assert_eq!((corrected.estimated_base, corrected.usage_trend), (600_000_000.0, 0.0));
    // Above 4 GiB the base itself does not fit: 5000000000 - 4294967296.
    assert_eq!(last_stats(Arithmetic::Original, [5_000_000_000]).current_base, 705_032_704.0);
    assert_eq!(last_stats(Arithmetic::Corrected, [5_000_000_000]).current_base, 5_000_000_000.0);
}

/// The growth is that of the four collections after the first grown one: 4 x 1555000 bytes in 493 s, which is
/// 6220000 / 493 x 3600 = 45419878 bytes, 43.32 MB, an hour.
#[test]
fn a_leak_is_told_after_five_collections_with_growth() {
    let collections: Vec<(u64, f64)> =
        (0..5).map(|n| (10_000_000 + n * 1_555_000, n as f64 * 123_250.0)).collect();
    let expected = Leak {
        start_ms: 0.0,
        end_ms: 493_000.0,
        growth: 6_220_000.0,
        reason: "heap growth over 5 consecutive GCs (8m 13s) - 43.32 mb/hr".to_owned(),
    };
    assert_eq!(leaks(Arithmetic::Original, &collections), [expected]);
    assert_eq!(leaks(Arithmetic::Original, &collections[..4]), []);
}

#[test]
fn a_collection_without_growth_starts_the_count_again() {
    let at =
        |bases: &[u64]| -> Vec<(u64, f64)> { bases.iter().map(|&base| (base, base as f64 * 1e6)).collect() };
    assert_eq!(leaks(Arithmetic::Original, &at(&[1, 2, 3, 4, 4, 5, 6, 7, 8])), []);
    let found = leaks(Arithmetic::Original, &at(&[1, 2, 3, 3, 4, 5, 6, 7, 8]));
    assert_eq!(found.iter().map(|leak| (leak.start_ms, leak.end_ms)).collect::<Vec<_>>(), [(4e6, 8e6)]);
    // Five more are the next leak, which begins with the sixth.
    let found = leaks(Arithmetic::Original, &at(&[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    assert_eq!(found.iter().map(|leak| leak.growth).collect::<Vec<_>>(), [4.0, 4.0]);
}

#[test]
fn a_leak_within_a_second_has_no_rate_unless_corrected() {
    let collections: Vec<(u64, f64)> = (1..=5).map(|n| (n * 1000, 100.0 + n as f64 * 100.0)).collect();
    let [original] = &leaks(Arithmetic::Original, &collections)[..] else { panic!("one leak") };
    assert_eq!(original.reason, "heap growth over 5 consecutive GCs (0s) - -2147483648 bytes/hr");
    assert_eq!((original.start_ms, original.end_ms), (0.0, 0.0));
    // 4000 bytes in 0.4 s are 36000000 bytes an hour.
    let [corrected] = &leaks(Arithmetic::Corrected, &collections)[..] else { panic!("one leak") };
    assert_eq!(corrected.reason, "heap growth over 5 consecutive GCs (0s) - 34.33 mb/hr");
    assert_eq!((corrected.start_ms, corrected.end_ms), (200.0, 600.0));
    // 4000000 bytes at once, as if within a millisecond: 4 GB a second, 13732910.16 MB an hour.
    let [corrected] = &leaks(Arithmetic::Corrected, &[1, 2, 3, 4, 5].map(|n| (n * 1_000_000, 7.0)))[..]
    else {
        panic!("one leak")
    };
    assert_eq!(corrected.reason, "heap growth over 5 consecutive GCs (0s) - 13732910 mb/hr");
}

fn moment(nodes: &[(u32, Option<&str>, u64)]) -> HeapMoment {
    let nodes = nodes.iter().map(|&(id, class, size)| HeapNode { id, class: class.map(Into::into), size });
    HeapMoment { time_ms: 0.0, nodes: nodes.collect() }
}

#[test]
fn a_diff_counts_by_class_what_is_new_and_what_is_gone() {
    let before = moment(&[
        (1, Some("Object"), 24),
        (3, Some("Array"), 32),
        (5, Some("String"), 100),
        (7, None, 8),
        (9, Some("HeapDiff"), 56),
    ]);
    let after = moment(&[
        (1, Some("Object"), 24),
        (11, Some("String"), 40),
        (13, Some("String"), 50),
        (15, Some("Closure"), 64),
        (17, None, 16),
    ]);
    assert_eq!((before.size(), after.size()), (220, 194));
    let diff = HeapDiff::between(&before, &after);
    assert_eq!((diff.size_bytes, diff.freed_nodes, diff.allocated_nodes), (-26, 3, 4));
    let details: Vec<_> =
        diff.details.iter().map(|c| (c.what.as_str(), c.size_bytes, c.added, c.released)).collect();
    assert_eq!(details, [("Array", -32, 0, 1), ("Closure", 64, 1, 0), ("String", -10, 2, 1)]);
}
