//! The dominator tree against its definition, on random graphs and on shapes that break careless algorithms.

mod common;

use common::graph;
use proptest::prelude::*;
use semispace_snapshot::dominators::DominatorTree;
use semispace_snapshot::{
    Analysis, Builder, EdgeType, Ephemerons, Graph, NodeIndex, NodeType, Rules, Snapshot,
};

/// What the root reaches over edges that keep, if `without` is taken out.
fn reached(graph: &Graph, without: Option<NodeIndex>) -> Vec<bool> {
    let mut reached = vec![false; graph.node_count()];
    let mut pending = vec![graph.root()];
    while let Some(node) = pending.pop() {
        if Some(node) == without || std::mem::replace(&mut reached[node.at()], true) {
            continue;
        }
        let keeps = |kind| match kind {
            EdgeType::Weak => false,
            EdgeType::Shortcut => node == graph.root(),
            _ => true,
        };
        let edges = graph.edges(node).filter(|&edge| keeps(graph.edge_type(edge)));
        pending.extend(edges.map(|edge| graph.target(edge)));
    }
    reached
}

fn edge_type() -> impl Strategy<Value = EdgeType> {
    prop_oneof![
        4 => Just(EdgeType::Property),
        3 => Just(EdgeType::Element),
        2 => Just(EdgeType::Internal),
        1 => Just(EdgeType::Weak),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn retained_is_what_would_be_free(
        sizes in prop::collection::vec(1u64..100, 1..24),
        edges in prop::collection::vec((edge_type(), 0u32..24, 0u32..24), 0..80),
        parents in prop::collection::vec(0u32..24, 24),
    ) {
        let count = sizes.len() as u32;
        let edges: Vec<_> = edges.into_iter().map(|(kind, from, to)| (kind, from % count, to % count)).collect();
        // One edge to each node from one before it: nothing is an orphan.
        let tree_edges = (1..count).map(|to| (EdgeType::Property, parents[to as usize] % to, to));
        let edges: Vec<_> = tree_edges.chain(edges).collect();
        let graph = graph(&sizes, &edges);
        let tree = DominatorTree::new(&graph, Rules::default());
        let all = reached(&graph, None);
        for node in graph.nodes().filter(|node| all[node.at()]) {
            let left = reached(&graph, Some(node));
            let freed = graph.nodes().filter(|other| all[other.at()] && !left[other.at()]);
            let freed: u64 = freed.map(|other| graph.self_size(other)).sum();
            if node == graph.root() {
                prop_assert_eq!(tree.retained_size(node), graph.total_self_size());
                continue;
            }
            prop_assert_eq!(tree.retained_size(node), freed, "node {}", node.0);
        }
        let order: Vec<NodeIndex> = tree.order().collect();
        prop_assert_eq!(order.len(), graph.node_count());
    }
}

/// A list of so many nodes, each also referred to by the next but one, with a way back from its end.
fn list(length: u32) -> Graph {
    let mut builder = Builder::new();
    builder.node(NodeType::Synthetic, "", 1, 0);
    builder.indexed_edge(EdgeType::Element, 1, NodeIndex(1));
    for node in 1..=length {
        builder.node(NodeType::Object, "Node", 2 * u64::from(node) + 1, 24);
        if node < length {
            builder.named_edge(EdgeType::Property, "next", NodeIndex(node + 1));
        }
        if node > 1 {
            builder.named_edge(EdgeType::Property, "previous", NodeIndex(node - 1));
        } else {
            builder.named_edge(EdgeType::Property, "last", NodeIndex(length));
        }
    }
    builder.finish().expect("sound")
}

#[test]
fn a_list_of_a_million_nodes_takes_no_time_and_no_stack() {
    let length = 1_000_000;
    let snapshot = Snapshot::new(list(length));
    assert_eq!(snapshot.retained_size(NodeIndex(1)), 24 * u64::from(length));
    // Both ends are reached from the head, so that every other node depends on the head alone.
    assert_eq!(snapshot.dominators().dominator(NodeIndex(length / 2)), NodeIndex(1));
    assert_eq!(snapshot.distance(NodeIndex(2)), 2);
    assert_eq!(snapshot.distance(NodeIndex(length / 4)), length / 4);
}

#[test]
fn a_tree_grows_in_portions_and_says_how_far_it_is() {
    let length = 200_000;
    let mut analysis = Analysis::new(list(length));
    let mut shares = Vec::new();
    while shares.last().is_none_or(|&share| share < 1.0) {
        shares.push(analysis.advance());
    }
    assert!(shares.len() > 40, "{} portions", shares.len());
    assert!(shares.is_sorted());
    let largest = shares.windows(2).map(|pair| pair[1] - pair[0]).fold(0.0, f64::max);
    assert!(largest < 0.1, "{largest} of the work in one portion");
    let (grown, at_once) = (analysis.finish(), Snapshot::new(list(length)));
    for node in at_once.graph().nodes() {
        assert_eq!(grown.retained_size(node), at_once.retained_size(node));
        assert_eq!(grown.dominators().dominator(node), at_once.dominators().dominator(node));
    }
    // Stopped half way it can still be finished.
    let mut analysis = Analysis::new(list(100));
    analysis.advance();
    assert_eq!(analysis.finish().retained_size(NodeIndex(1)), 24 * 100);
}

#[test]
fn what_belongs_to_the_user_is_not_kept_by_the_engine() {
    // root -shortcut-> 1 (global) -> 3; root -> 2 (the engine's) -> 3
    let edges = [
        (EdgeType::Shortcut, 0, 1),
        (EdgeType::Element, 0, 2),
        (EdgeType::Property, 1, 3),
        (EdgeType::Internal, 2, 3),
    ];
    let tree = DominatorTree::new(&graph(&[0, 10, 20, 30], &edges), Rules::default());
    assert_eq!(tree.dominator(NodeIndex(3)), NodeIndex(1));
    assert_eq!(tree.retained_size(NodeIndex(1)), 40);
}

#[test]
fn the_value_of_a_weak_map_is_kept_by_its_key() {
    let mut builder = Builder::new();
    builder.node(NodeType::Synthetic, "", 1, 0);
    builder.indexed_edge(EdgeType::Element, 1, NodeIndex(1));
    builder.indexed_edge(EdgeType::Element, 2, NodeIndex(2));
    let name = "1 / part of key (Key @5) -> value (Value @7) pair in WeakMap (table @3)";
    builder.node(NodeType::Array, "table", 3, 10);
    builder.named_edge(EdgeType::Weak, "1", NodeIndex(2));
    builder.named_edge(EdgeType::Internal, name, NodeIndex(3));
    builder.node(NodeType::Object, "Key", 5, 20);
    builder.named_edge(EdgeType::Internal, name, NodeIndex(3));
    builder.node(NodeType::Object, "Value", 7, 40);
    let graph = builder.finish().expect("sound");
    let retained = |ephemerons| {
        let tree = DominatorTree::new(&graph, Rules { ephemerons });
        (tree.retained_size(NodeIndex(1)), tree.retained_size(NodeIndex(2)))
    };
    assert_eq!(retained(Ephemerons::ByKey), (10, 60));
    assert_eq!(retained(Ephemerons::ByKeyAndTable), (10, 20));
}
