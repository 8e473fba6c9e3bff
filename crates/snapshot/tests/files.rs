//! Files: what is written is read back, whatever the pieces; other eras; damage.

mod common;

use std::time::{Duration, Instant};

use common::{dump, file, graph};
use semispace_snapshot::{Builder, EdgeType, Graph, NodeIndex, NodeType, Problem, ReadError, Reader, read};

fn sample() -> Graph {
    let mut builder = Builder::new();
    builder.node(NodeType::Synthetic, "", 1, 0);
    builder.indexed_edge(EdgeType::Element, 1, NodeIndex(1));
    builder.named_edge(EdgeType::Shortcut, "global", NodeIndex(2));
    builder.node(NodeType::Closure, "say \"hi\"\n\\ \u{1F600} \u{8}é", 3, 64);
    builder.location(7, 12, 123_456);
    builder.named_edge(EdgeType::Context, "größe", NodeIndex(2));
    let root = builder.trace_function("(root)", "", 0, 0, 0);
    let root = builder.trace_node(None, root, 0, 0);
    let outer = builder.trace_function("outer", "a.js", 7, 3, 1);
    let outer = builder.trace_node(Some(root), outer, 0, 0);
    let inner = builder.trace_function("inner", "b.js", 8, 40, 5);
    let here = builder.trace_node(Some(outer), inner, 2, 80);
    builder.trace_node(Some(root), inner, 1, 16);
    builder.node(NodeType::Native, "system / JSArrayBufferData", 4, 123_456_789_012);
    builder.trace(here);
    builder.node(NodeType::BigInt, "bigint", u64::from(u32::MAX) + 2, 24);
    builder.indexed_edge(EdgeType::Hidden, u32::MAX, NodeIndex(0));
    builder.finish().expect("sound")
}

fn read_in_pieces(bytes: &[u8], size: usize) -> Result<Graph, ReadError> {
    let mut reader = Reader::new(None);
    for piece in bytes.chunks(size) {
        reader.feed(piece)?;
    }
    reader.finish()
}

#[test]
fn what_is_written_is_read_back_whatever_the_pieces() {
    let graph = sample();
    let bytes = file(&graph);
    let expected = dump(&graph);
    for size in [1, 2, 3, 5, 7, 16, 61, 4096, bytes.len()] {
        let found = read_in_pieces(&bytes, size).unwrap_or_else(|error| panic!("pieces of {size}: {error}"));
        assert_eq!(dump(&found), expected, "pieces of {size}");
    }
    assert_eq!(file(&read(bytes.as_slice(), Some(bytes.len() as u64)).expect("sound")), bytes);
}

#[test]
fn a_node_knows_the_calls_that_led_to_it() {
    let graph = read(file(&sample()).as_slice(), None).expect("sound");
    let frames = graph.allocation_stack(NodeIndex(2));
    let shown: Vec<_> = frames.iter().map(|frame| (frame.function, frame.script, frame.line)).collect();
    assert_eq!(shown, [("inner", "b.js", 40), ("outer", "a.js", 3)]);
    let site = graph.site(NodeIndex(2)).expect("recorded");
    assert!(site.is_allocation && (site.function, site.line, site.column) == ("inner", 40, 5));
    // Without a trace, the constructor's place, from 1.
    let site = graph.site(NodeIndex(1)).expect("a location");
    assert!(!site.is_allocation && (site.line, site.column) == (13, 123_457));
    assert_eq!(graph.site(NodeIndex(3)), None);
    assert_eq!(graph.traces().nodes().iter().map(|node| node.count).collect::<Vec<_>>(), [0, 0, 2, 1]);
}

#[test]
fn trees_of_traces_may_be_deep_and_damaged() {
    let text = String::from_utf8(file(&sample())).expect("text");
    let start = text.find("\"trace_tree\":[").expect("a tree") + 14;
    let end = text.find("\"samples\"").expect("samples") - 2;
    let with = |tree: &str| read(format!("{}[{tree}]{}", &text[..start - 1], &text[end..]).as_bytes(), None);
    let deep = 200_000;
    let tree = format!("{}{}", "1,0,0,0,[".repeat(deep), "]".repeat(deep));
    let graph = with(&tree).expect("a deep tree");
    assert_eq!(graph.traces().nodes().len(), deep);
    assert_eq!(read(file(&graph).as_slice(), None).expect("again").traces().nodes().len(), deep);
    for damaged in ["1,0,0,0", "1,0,0,[]", "1,0,0,0,0", "[", "1,0,0,0,[]],", "1,9,0,0,[]", "1,0,0,0,[],]"] {
        assert!(with(damaged).is_err(), "{damaged}");
    }
}

/// A file of an older or newer era: fields in another order, more of them, other types.
fn era(node_fields: &str, types: &str, nodes: &str, edges: &str) -> String {
    format!(
        r#"{{ "snapshot": {{"title": "old", "meta": {{"node_fields": [{node_fields}], "node_types": [[{types}], "string"],
        "edge_fields": ["type", "name_or_index", "to_node"], "edge_types": [["context", "element", "novel"], "x", "node"]}}}},
        "nodes": [{nodes}], "edges": [{edges}], "future": {{"a": ["]", {{}}]}}, "samples": [1, 2],
        "strings": ["root", "thing"] }}"#
    )
}

#[test]
fn every_era_is_read_by_its_own_head() {
    let old = era(
        r#""type","name","id","self_size","edge_count""#,
        r#""hidden","object""#,
        "0,0,1,0,1, 1,1,3,16,0",
        "1,9,5",
    );
    let graph = read(old.as_bytes(), None).expect("an old file");
    assert_eq!(graph.node_count(), 2);
    assert_eq!((graph.name(NodeIndex(1)), graph.self_size(NodeIndex(1))), ("thing", 16));
    let new = era(
        r#""type","novel","name","id","edge_count","self_size","detachedness","trace_node_id","x""#,
        r#""synthetic","thing from the future""#,
        "0,-5,0,1,1,0,0,0,1,\n1,7,1,3,0,16,2,9,1",
        "2,1,9",
    );
    let graph = read(new.as_bytes(), None).expect("a new file");
    assert_eq!(graph.node_type(NodeIndex(1)), NodeType::Other);
    assert!(graph.is_marked_detached(NodeIndex(1)));
    let edge = graph.edges(NodeIndex(0)).next().expect("one edge");
    assert_eq!((graph.edge_type(edge), graph.target(edge)), (EdgeType::Other, NodeIndex(1)));
}

#[test]
fn damage_is_named_with_its_place() {
    let good = String::from_utf8(file(&sample())).expect("text");
    let fails = |text: &str| read(text.as_bytes(), None).expect_err("it is damaged");
    let at = |wanted: &str| good.find(wanted).expect("it is there");
    let cases = [
        ("\"nodes\":[", "\"nodes\":[x", at("\"nodes\":[") + 9, "expected a number, found 'x'"),
        ("\"edges\":[", "\"edges\":{", at("\"edges\":[") + 8, "expected '['"),
        ("{\"snapshot\"", "[\"snapshot\"", 0, "expected '{'"),
        ("\"meta\"", "\"mehr\"", at("{\"meta\""), "has no \"meta\""),
        ("\"node_count\":4", "\"node_count\":9", good.len(), "promises 9 nodes, it has 4"),
        ("\"edges\"", "\"edgar\"", good.len(), "it has no \"edges\""),
    ];
    for (from, to, offset, words) in cases {
        let error = fails(&good.replacen(from, to, 1));
        assert!(error.to_string().contains(words), "{error}");
        assert_eq!(error.offset, offset as u64, "{error}");
    }
    let error = fails(&good[..good.len() / 2]);
    assert_eq!((error.offset, error.problem), ((good.len() / 2) as u64, Problem::Truncated));
    assert!(fails("").to_string().contains("ends in the middle"));
}

/// Wherever a file is cut, within a number, an escape or a character.
#[test]
fn a_cut_file_ends_in_the_middle() {
    let good = file(&sample());
    for cut in 0..good.trim_ascii_end().len() {
        let error = read(&good[..cut], None).expect_err("it is cut");
        assert_eq!((error.offset, error.problem), (cut as u64, Problem::Truncated), "cut at {cut}");
    }
}

#[test]
fn edges_to_nowhere_are_refused() {
    let bytes = String::from_utf8(file(&graph(&[0, 8], &[(EdgeType::Element, 0, 1)]))).expect("text");
    for target in ["14", "8", "99999999999", "18446744073709551616"] {
        let damaged = bytes.replace("\"edges\":[1,1,7\n", &format!("\"edges\":[1,1,{target}\n"));
        assert_ne!(damaged, bytes);
        let error = read(damaged.as_bytes(), None).expect_err("it leads nowhere");
        let place = damaged.find("\"edges\"").expect("it is there") as u64;
        assert!(error.offset >= place && error.offset <= place + 40, "{error}");
    }
}

#[test]
fn a_head_that_promises_the_world_gets_no_memory() {
    let text = String::from_utf8(file(&sample())).expect("text");
    let greedy = text
        .replace("\"node_count\":4", "\"node_count\":4000000000000")
        .replace("\"edge_count\":4", "\"edge_count\":18446744073709551615");
    assert!(read(greedy.as_bytes(), None).is_err());
    assert!(read(greedy.as_bytes(), Some(greedy.len() as u64)).is_err());
}

/// A generator of numbers that is the same everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit.max(1) as u64) as usize
    }
}

/// Changes some bytes, cuts or repeats a piece.
fn mutate(bytes: &mut Vec<u8>, random: &mut Random) {
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len());
        match random.below(6) {
            0 => bytes.truncate(at),
            1 => drop(bytes.drain(at..(at + random.below(40)).min(bytes.len()))),
            2 => bytes.extend_from_within(at..(at + random.below(400)).min(bytes.len())),
            3 => bytes[at] = b"[]{}\",:\\0123456789-\n"[random.below(20)],
            4 => bytes.insert(at, b"0123456789,"[random.below(11)]),
            _ => bytes[at] = random.below(256) as u8,
        }
        if bytes.is_empty() {
            return;
        }
    }
}

#[test]
fn mutated_files_are_read_or_refused() {
    let rounds = std::env::var("FUZZ_ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(3000);
    let mut seeds = vec![file(&sample())];
    let real = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/fuzz/seeds/snapshot");
    let folder = std::env::var("FUZZ_SEEDS").unwrap_or_else(|_| real.to_owned());
    let files = std::fs::read_dir(folder).expect("a folder of seeds");
    seeds.extend(files.map(|entry| std::fs::read(entry.expect("a file").path()).expect("it can be read")));
    assert!(seeds.len() > 1, "seeds from real files");
    let mut random = Random(0x5eed);
    let (mut read_well, mut refused) = (0, 0);
    let mut longest = Duration::ZERO;
    for round in 0..rounds {
        let mut bytes = seeds[round % seeds.len()].clone();
        mutate(&mut bytes, &mut random);
        let size = if round % 2 == 0 { bytes.len().max(1) } else { 1 + random.below(300) };
        let start = Instant::now();
        match read_in_pieces(&bytes, size) {
            Ok(graph) => {
                read_well += 1;
                // What was read can be analysed, written and read again.
                let again = read(file(&graph).as_slice(), None).expect("our own file");
                assert_eq!(again.edge_count(), graph.edge_count());
                let snapshot = semispace_snapshot::Snapshot::new(graph);
                assert!(semispace_snapshot::groups::groups(&snapshot).len() <= snapshot.graph().node_count());
            }
            Err(error) => {
                refused += 1;
                assert!(error.offset <= bytes.len() as u64, "{error}");
            }
        }
        longest = longest.max(start.elapsed());
    }
    #[expect(clippy::print_stdout, reason = "the figure of a long run")]
    {
        println!("{read_well} read, {refused} refused, at most {longest:?} each");
    }
    assert!(read_well * 100 > rounds && refused * 100 > rounds, "{read_well} read, {refused} refused");
}
