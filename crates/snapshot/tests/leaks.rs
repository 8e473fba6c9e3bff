//! Comparison, three snapshots, groups and paths, on graphs whose answers are known.

use semispace_snapshot::compare::compare;
use semispace_snapshot::groups::{duplicate_strings, groups};
use semispace_snapshot::leaks::{LeakOptions, Verdict, find_leaks};
use semispace_snapshot::paths::{best_path, distinct_paths};
use semispace_snapshot::{Builder, EdgeType, NodeIndex, NodeType, Snapshot};

/// A module scope with a list of `leaked` things of 48 bytes, each with a name of 32 bytes, and a cache of `cached`.
fn snapshot(leaked: u32, cached: u32) -> Snapshot {
    let mut builder = Builder::new();
    let (scope, list, cache, first) = (NodeIndex(1), NodeIndex(2), NodeIndex(3), 4);
    builder.node(NodeType::Synthetic, "", 1, 0);
    builder.named_edge(EdgeType::Shortcut, "module scope", scope);
    builder.node(NodeType::Object, "system / Context", 3, 40);
    builder.named_edge(EdgeType::Context, "leakArray", list);
    builder.named_edge(EdgeType::Context, "cache", cache);
    builder.node(NodeType::Object, "Array", 5, 32);
    for number in 0..leaked {
        builder.indexed_edge(EdgeType::Element, number, NodeIndex(first + 2 * number));
    }
    builder.node(NodeType::Object, "Map", 7, 32);
    for number in 0..cached {
        builder.indexed_edge(EdgeType::Hidden, number, NodeIndex(first + 2 * leaked + number));
    }
    for number in 0..leaked {
        let id = 1001 + 4 * u64::from(number);
        builder.node(NodeType::Object, "LeakedThing", id, 48);
        builder.named_edge(EdgeType::Property, "name", NodeIndex(first + 2 * number + 1));
        builder.node(NodeType::String, "name", id + 2, 32);
    }
    for number in 0..cached {
        builder.node(NodeType::Object, "Cached", 100_001 + 2 * u64::from(number), 100);
    }
    Snapshot::new(builder.finish().expect("sound"))
}

#[test]
fn what_goes_on_growing_is_a_leak_and_what_grew_once_is_not() {
    let (first, second, third) = (snapshot(10, 0), snapshot(110, 500), snapshot(210, 500));
    let found = find_leaks(&first, &second, Some(&third), LeakOptions::default());
    assert_eq!((found.count, found.shallow_size), (100 + 100 + 500, 100 * 80 + 500 * 100));
    assert_eq!((found.retained_size, found.suspect_size), (58_000, 8_000));
    let shown: Vec<_> = found
        .groups
        .iter()
        .map(|group| (group.name.as_str(), group.count, group.later, group.retained_size, group.verdict))
        .collect();
    assert_eq!(
        shown,
        [
            ("Cached", 500, Some(0), 50_000, Verdict::OneOff),
            ("LeakedThing", 100, Some(100), 8_000, Verdict::Leak),
            ("(string)", 100, Some(100), 3_200, Verdict::Leak),
        ]
    );
    let words = |group: usize| found.groups[group].path.as_ref().expect("kept").words(&third).to_string();
    assert_eq!(words(1), "`leakArray` in module scope -> element 10 -> LeakedThing");
    assert_eq!(words(2), "`leakArray` in module scope -> element 10 -> .name -> string \"name\"");
}

#[test]
fn without_a_third_snapshot_the_repetitions_tell() {
    let (first, second) = (snapshot(10, 0), snapshot(110, 7));
    let verdicts = |repetitions| {
        let found = find_leaks(&first, &second, None, LeakOptions { repetitions });
        let of = |name: &str| found.groups.iter().find(|group| group.name == name).map(|group| group.verdict);
        (of("LeakedThing"), of("Cached"), found.suspect_size)
    };
    assert_eq!(verdicts(None), (Some(Verdict::Unknown), Some(Verdict::Unknown), 8_700));
    assert_eq!(verdicts(Some(50)), (Some(Verdict::Leak), Some(Verdict::OneOff), 8_000));
    assert_eq!(verdicts(Some(33)), (Some(Verdict::OneOff), Some(Verdict::OneOff), 0));
}

#[test]
fn a_long_list_is_one_group() {
    let list = |length: u32| {
        let mut builder = Builder::new();
        builder.node(NodeType::Synthetic, "", 1, 0);
        builder.named_edge(EdgeType::Shortcut, "head", NodeIndex(1));
        for node in 1..=length {
            builder.node(NodeType::Object, "Node", 2 * u64::from(node) + 1, 24);
            if node < length {
                builder.named_edge(EdgeType::Property, "next", NodeIndex(node + 1));
            }
        }
        Snapshot::new(builder.finish().expect("sound"))
    };
    let found = find_leaks(&list(10), &list(1010), Some(&list(2010)), LeakOptions::default());
    assert_eq!(found.groups.len(), 1);
    assert_eq!((found.groups[0].count, found.groups[0].later), (1000, Some(1000)));
}

#[test]
fn comparison_has_devtools_columns() {
    let changes = compare(&snapshot(20, 3), &snapshot(10, 5));
    let shown: Vec<_> = changes
        .iter()
        .map(|change| {
            (change.name.as_str(), change.added, change.removed, change.delta(), change.size_delta())
        })
        .collect();
    assert_eq!(
        shown,
        [("Cached", 2, 0, 2, 200), ("(string)", 0, 10, -10, -320), ("LeakedThing", 0, 10, -10, -480)]
    );
}

#[test]
fn groups_count_what_another_of_the_class_holds_only_once() {
    let mut builder = Builder::new();
    builder.node(NodeType::Synthetic, "", 1, 0);
    builder.indexed_edge(EdgeType::Element, 1, NodeIndex(1));
    builder.node(NodeType::Object, "Box", 3, 10);
    builder.named_edge(EdgeType::Property, "inner", NodeIndex(2));
    builder.node(NodeType::Object, "Box", 5, 10);
    builder.named_edge(EdgeType::Property, "text", NodeIndex(3));
    builder.named_edge(EdgeType::Property, "same", NodeIndex(4));
    builder.node(NodeType::String, "equal", 7, 24);
    builder.node(NodeType::String, "equal", 9, 24);
    let snapshot = Snapshot::new(builder.finish().expect("sound"));
    let boxes = groups(&snapshot).into_iter().next().expect("the largest");
    assert_eq!(
        (boxes.name.as_str(), boxes.count, boxes.shallow_size, boxes.retained_size),
        ("Box", 2, 20, 68)
    );
    let duplicates = duplicate_strings(&snapshot);
    assert_eq!((duplicates[0].count, duplicates[0].wasted), (2, 24));
}

#[test]
fn all_paths_without_circles_are_found() {
    let mut builder = Builder::new();
    builder.node(NodeType::Synthetic, "", 1, 0);
    builder.named_edge(EdgeType::Shortcut, "global", NodeIndex(1));
    builder.node(NodeType::Object, "global", 3, 10);
    builder.named_edge(EdgeType::Property, "a", NodeIndex(2));
    builder.named_edge(EdgeType::Property, "b", NodeIndex(3));
    builder.node(NodeType::Object, "A", 5, 10);
    builder.named_edge(EdgeType::Property, "next", NodeIndex(3));
    builder.named_edge(EdgeType::Weak, "weak", NodeIndex(4));
    builder.node(NodeType::Object, "B", 7, 10);
    builder.named_edge(EdgeType::Property, "back", NodeIndex(2));
    builder.named_edge(EdgeType::Property, "goal", NodeIndex(4));
    builder.node(NodeType::Object, "Goal", 9, 10);
    let snapshot = Snapshot::new(builder.finish().expect("sound"));
    let best = best_path(&snapshot, NodeIndex(4)).expect("kept");
    assert_eq!(best.words(&snapshot).to_string(), "global `b` -> .goal -> Goal");
    let paths = distinct_paths(&snapshot, NodeIndex(4), 10);
    let words: Vec<String> = paths.iter().map(|path| path.words(&snapshot).to_string()).collect();
    assert_eq!(words, ["global `b` -> .goal -> Goal", "global `a` -> .next -> .goal -> Goal"]);
}
