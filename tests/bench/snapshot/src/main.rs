//! Reading real snapshots, measured against others.
//!
//! `snapshot-bench one TOOL FILE` does one job in this process and prints its time and peak memory;
//! `snapshot-bench run FILE...` runs every job several times in turns, each in a process of its own, and prints medians;
//! `snapshot-bench agree FILE...` compares counts and the retained size of every node with the peers.

use std::collections::HashMap;
use std::fs::File;
use std::io::BufReader;
use std::process::{Command, ExitCode};
use std::time::Instant;

use semispace_snapshot::dominators::DominatorTree;
use semispace_snapshot::{EdgeIndex, EdgeType, Ephemerons, Graph, NodeIndex, Rules, Snapshot};
use serde::Deserialize;

/// Rounds of a measurement.
const ROUNDS: usize = 5;

/// A file as typed vectors, and nothing else: what any reader must do at least.
#[derive(Deserialize)]
struct Typed {
    #[allow(dead_code)]
    snapshot: serde_json::Value,
    nodes: Vec<u32>,
    edges: Vec<u32>,
    strings: Vec<String>,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["one", tool, files @ ..] if !files.is_empty() => one(tool, files),
        ["run", files @ ..] => files.iter().for_each(|file| run(file)),
        ["agree", files @ ..] => return agree_all(files),
        ["retained", file] => retained(file),
        _ => {
            eprintln!("snapshot-bench one semispace|serde|v8-heap-parser|leaks FILE... | run FILE... | agree FILE... | retained FILE");
            return ExitCode::from(2);
        }
    }
    ExitCode::SUCCESS
}

fn read(file: &str) -> semispace_snapshot::Graph {
    let size = std::fs::metadata(file).map(|data| data.len()).ok();
    semispace_snapshot::read(File::open(file).expect("a file"), size).expect("a snapshot")
}

/// The retained size of every node, one a line.
fn retained(file: &str) {
    let snapshot = Snapshot::new(read(file));
    let lines: Vec<String> =
        snapshot.graph().nodes().map(|node| snapshot.retained_size(node).to_string()).collect();
    println!("{}", lines.join("\n"));
}

fn one(tool: &str, files: &[&str]) {
    let file = files[0];
    let start = Instant::now();
    let found = match tool {
        "semispace" => {
            let graph = read(file);
            let read = start.elapsed();
            let snapshot = Snapshot::new(graph);
            eprintln!("read {:.1} ms", read.as_secs_f64() * 1e3);
            snapshot.retained_size(snapshot.graph().root())
        }
        "leaks" => {
            let [one, two, three] = [0, 1, 2].map(|at| Snapshot::new(read(files[at])));
            semispace_snapshot::leaks::find_leaks(&one, &two, Some(&three), Default::default()).count
        }
        "serde" => {
            let text = std::fs::read(file).expect("a file");
            let typed: Typed = serde_json::from_slice(&text).expect("JSON");
            (typed.nodes.len() + typed.edges.len() + typed.strings.len()) as u64
        }
        "serde-reader" => {
            let reader = BufReader::with_capacity(1 << 17, File::open(file).expect("a file"));
            let typed: Typed = serde_json::from_reader(reader).expect("JSON");
            (typed.nodes.len() + typed.edges.len() + typed.strings.len()) as u64
        }
        "v8-heap-parser" => {
            let text = std::fs::read(file).expect("a file");
            let graph = v8_heap_parser::decode_slice(&text).expect("a snapshot");
            graph.retained_size(graph.root_index)
        }
        other => panic!("no tool {other}"),
    };
    let ms = start.elapsed().as_secs_f64() * 1e3;
    println!("{ms:.1} {} {found}", peak_kb());
}

/// Peak resident memory of this process in KiB (Linux).
fn peak_kb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    line.and_then(|line| line.split_whitespace().nth(1)).and_then(|kb| kb.parse().ok()).unwrap_or(0)
}

fn run(file: &str) {
    let size = std::fs::metadata(file).expect("a file").len();
    let own = std::env::current_exe().expect("this program");
    let tools = ["semispace", "serde", "v8-heap-parser"];
    let mut results: HashMap<&str, Vec<(f64, f64)>> = HashMap::new();
    for _ in 0..ROUNDS {
        for tool in tools {
            let output = Command::new(&own).args(["one", tool, file]).output().expect("it runs");
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let mut numbers = text.split_whitespace().map(|number| number.parse::<f64>().unwrap_or(0.0));
            let (ms, kb) = (numbers.next().unwrap_or(0.0), numbers.next().unwrap_or(0.0));
            results.entry(tool).or_default().push((ms, kb * 1024.0 / size as f64));
        }
    }
    println!("{file}: {:.1} MB", size as f64 / 1e6);
    for tool in tools {
        let list = results.get_mut(tool).expect("it was run");
        list.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (ms, memory) = list[list.len() / 2];
        println!("  {tool:16} {ms:9.1} ms   peak memory {memory:.2} x the file");
    }
}

fn agree_all(files: &[&str]) -> ExitCode {
    let wrong: usize = files.iter().map(|file| agree(file)).sum();
    if wrong == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Compares with a plain JSON parse and with v8-heap-parser. How many things differ.
fn agree(file: &str) -> usize {
    let text = std::fs::read(file).expect("a file");
    let typed: Typed = serde_json::from_slice(&text).expect("JSON");
    let fields = typed.snapshot["meta"]["node_fields"].as_array().expect("fields").len();
    let snapshot = Snapshot::new(read(file));
    let graph = snapshot.graph();
    let counts = (graph.node_count(), graph.edge_count(), graph.strings().len());
    let plain = (typed.nodes.len() / fields, typed.edges.len() / 3, typed.strings.len());
    let same_strings = graph.strings().iter().zip(&typed.strings).filter(|(a, b)| a == b).count();
    println!("{file}: nodes, edges, strings {counts:?}, plain JSON {plain:?}, equal strings {same_strings}");
    let mut wrong = usize::from(counts != plain) + (plain.2 - same_strings);
    let peer = v8_heap_parser::decode_slice(&text).expect("a snapshot");
    let plain_rules = DominatorTree::new(graph, Rules { ephemerons: Ephemerons::ByKeyAndTable });
    let (mut different, mut ours_right, mut theirs_right) = (0, 0, 0);
    let definition = Definition::new(graph);
    for node in graph.nodes() {
        let (ours, theirs) = (plain_rules.retained_size(node), peer.retained_size(node.at()));
        if ours != theirs {
            different += 1;
            let right = definition.retained_size(node);
            ours_right += usize::from(right == ours);
            theirs_right += usize::from(right == theirs);
            if different < 10 {
                println!("  {} @{}: {ours}, v8-heap-parser {theirs}", graph.name(node), graph.id(node));
            }
        }
    }
    let by_key = graph.nodes().filter(|&node| {
        snapshot.retained_size(node) != plain_rules.retained_size(node)
    });
    println!(
        "  retained sizes that differ from v8-heap-parser's: {different} (and {} by the rule that a WeakMap's value is kept by its key alone)",
        by_key.count()
    );
    println!("  of those that differ, what becomes unreachable without the node is our size for {ours_right}, v8-heap-parser's for {theirs_right}");
    wrong += different;
    wrong
}

/// Retained sizes by their definition, and the rules without what this crate made of them: what the root no longer reaches when a
/// node is taken out. The table of a WeakMap keeps its values here.
struct Definition<'g> {
    graph: &'g Graph,
    /// What the user's roots reach
    owned: Vec<bool>,
    all: u64,
}

impl<'g> Definition<'g> {
    fn new(graph: &'g Graph) -> Self {
        let entries = graph.edges(graph.root()).filter(|&edge| graph.edge_type(edge) == EdgeType::Shortcut);
        let entries = entries.map(|edge| graph.target(edge)).collect();
        let owned = reach(graph, entries, None, |_, edge| graph.edge_type(edge) != EdgeType::Weak);
        let mut definition = Self { graph, owned, all: 0 };
        definition.all = definition.reached_size(None);
        definition
    }

    fn retained_size(&self, node: NodeIndex) -> u64 {
        self.all - self.reached_size(Some(node))
    }

    fn reached_size(&self, without: Option<NodeIndex>) -> u64 {
        let graph = self.graph;
        let reached = reach(graph, vec![graph.root()], without, |from, edge| {
            let (is_root, target) = (from == graph.root(), graph.target(edge));
            match graph.edge_type(edge) {
                EdgeType::Weak => false,
                EdgeType::Shortcut => is_root,
                _ => is_root || self.owned[from.at()] || !self.owned[target.at()],
            }
        });
        graph.nodes().filter(|node| reached[node.at()]).map(|node| graph.self_size(node)).sum()
    }
}

fn reach(
    graph: &Graph,
    mut pending: Vec<NodeIndex>,
    without: Option<NodeIndex>,
    follows: impl Fn(NodeIndex, EdgeIndex) -> bool,
) -> Vec<bool> {
    let mut reached = vec![false; graph.node_count()];
    while let Some(node) = pending.pop() {
        if Some(node) == without || std::mem::replace(&mut reached[node.at()], true) {
            continue;
        }
        let edges = graph.edges(node).filter(|&edge| follows(node, edge));
        pending.extend(edges.map(|edge| graph.target(edge)));
    }
    reached
}
