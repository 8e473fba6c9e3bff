//! Whole programs collect as Node does: scavenges, full collections, promoted and surviving bytes.
//!
//! Node's figures: `node --semi-space-growth-factor=2 --max-semi-space-size=16 --min-semi-space-size=1
//! --single-threaded-gc --no-opt --trace-gc --trace-gc-nvp FILE | cat` (v20.20.2), counted and summed over its lines. The
//! full collection in which some of Node's processes end is in its count, and not in ours.

use semispace_playground::{Limits, RunState, Session, SessionConfig, Stats};

/// What Node did.
struct Node {
    scavenges: u64,
    full: u64,
    promoted: u64,
    survived: u64,
}

fn run(folder: &str, name: &str) -> Stats {
    let path = semispace_tests::tests_folder().join(folder).join(format!("{name}.js"));
    let source = std::fs::read_to_string(&path).expect("the program is there");
    let limits = Limits { max_semi_space_mb: Some(16), min_semi_space_mb: Some(1), ..Limits::default() };
    let config = SessionConfig { source, limits, ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    assert_eq!(session.run(u64::MAX), RunState::Finished { exit_code: 0 });
    session.stats()
}

/// Within a tenth, and full collections within `full_tolerance`.
fn check(folder: &str, name: &str, node: &Node, full_tolerance: u64) {
    let ours = run(folder, name);
    let tenth = |ours: u64, node: u64, what: &str| {
        assert!(ours.abs_diff(node) * 10 <= node, "{name}: {what} {ours}, Node {node}");
    };
    tenth(ours.scavenges, node.scavenges, "scavenges");
    tenth(ours.promoted_bytes, node.promoted, "promoted bytes");
    tenth(ours.semi_space_copied_bytes, node.survived, "surviving bytes");
    let full = ours.mark_compacts;
    assert!(
        full.abs_diff(node.full) <= full_tolerance,
        "{name}: full collections {full}, Node {}",
        node.full
    );
}

#[test]
fn binary_trees() {
    let node = Node { scavenges: 45, full: 1, promoted: 12_314_080, survived: 25_479_256 };
    check("workloads", "binarytrees16", &node, 1);
}

#[test]
fn gc_bench() {
    let node = Node { scavenges: 66, full: 1, promoted: 43_850_776, survived: 106_105_184 };
    check("workloads", "gcbench", &node, 0);
}

#[test]
fn queue() {
    let node = Node { scavenges: 37, full: 4, promoted: 217_657_200, survived: 220_268_008 };
    check("workloads", "queue", &node, 0);
}

#[test]
fn closures() {
    let node = Node { scavenges: 20, full: 0, promoted: 1_164_064, survived: 18_689_904 };
    check("fidelity", "closures", &node, 0);
}

#[test]
fn particles() {
    let node = Node { scavenges: 128, full: 0, promoted: 719_673, survived: 764_640 };
    check("fidelity", "particles", &node, 0);
}

#[test]
fn word_index() {
    let node = Node { scavenges: 6, full: 1, promoted: 2_317_065, survived: 2_491_912 };
    check("fidelity", "word-index", &node, 1);
}

#[test]
fn arrays_of_arrays() {
    let node = Node { scavenges: 15, full: 1, promoted: 12_049_240, survived: 29_899_608 };
    check("fidelity", "arrays-of-arrays", &node, 0);
}

#[test]
fn map_growth() {
    let node = Node { scavenges: 19, full: 1, promoted: 35_525_776, survived: 20_582_680 };
    check("fidelity", "map-growth", &node, 0);
}

#[test]
fn string_building() {
    let node = Node { scavenges: 24, full: 1, promoted: 9_597_936, survived: 13_988_944 };
    check("fidelity", "string-building", &node, 0);
}

#[test]
fn lru_cache() {
    let node = Node { scavenges: 17, full: 1, promoted: 29_038_288, survived: 50_139_800 };
    check("fidelity", "lru-cache", &node, 0);
}

#[test]
fn json_trees() {
    let node = Node { scavenges: 14, full: 1, promoted: 6_204_376, survived: 18_836_424 };
    check("fidelity", "json-trees", &node, 1);
}

#[test]
fn class_trees() {
    let node = Node { scavenges: 13, full: 1, promoted: 6_595_408, survived: 10_250_904 };
    check("fidelity", "class-trees", &node, 1);
}

#[test]
fn map_of_maps() {
    let node = Node { scavenges: 10, full: 1, promoted: 10_021_232, survived: 15_843_232 };
    check("fidelity", "map-of-maps", &node, 1);
}

#[test]
fn promise_chains() {
    let node = Node { scavenges: 40, full: 1, promoted: 5_850_440, survived: 15_707_024 };
    check("fidelity", "promise-chains", &node, 1);
}

#[test]
fn splice_queue() {
    let node = Node { scavenges: 26, full: 0, promoted: 2_075_464, survived: 8_454_856 };
    check("fidelity", "splice-queue", &node, 0);
}

#[test]
fn linked_list() {
    let node = Node { scavenges: 14, full: 1, promoted: 22_038_360, survived: 35_066_640 };
    check("fidelity", "linked-list", &node, 0);
}

#[test]
fn double_arrays() {
    let node = Node { scavenges: 22, full: 1, promoted: 9_333_952, survived: 28_977_736 };
    check("fidelity", "double-arrays", &node, 0);
}

#[test]
fn event_queue() {
    let node = Node { scavenges: 42, full: 1, promoted: 29_285_512, survived: 39_283_608 };
    check("fidelity", "event-queue", &node, 0);
}

#[test]
fn typed_arrays() {
    let node = Node { scavenges: 19, full: 0, promoted: 4_845_368, survived: 12_455_000 };
    check("fidelity", "typed-arrays", &node, 0);
}

#[test]
fn matches() {
    let node = Node { scavenges: 39, full: 0, promoted: 539_056, survived: 594_456 };
    check("fidelity", "matches", &node, 0);
}

#[test]
fn number_texts() {
    let node = Node { scavenges: 21, full: 1, promoted: 1_940_136, survived: 4_756_224 };
    check("fidelity", "number-texts", &node, 1);
}

#[test]
fn bigints() {
    let node = Node { scavenges: 11, full: 0, promoted: 69_448, survived: 85_600 };
    check("fidelity", "bigints", &node, 0);
}

#[test]
fn frozen() {
    let node = Node { scavenges: 32, full: 0, promoted: 67_608, survived: 1_921_000 };
    check("fidelity", "frozen", &node, 0);
}

#[test]
fn entries() {
    let node = Node { scavenges: 132, full: 0, promoted: 1_179_024, survived: 1_321_984 };
    check("fidelity", "entries", &node, 0);
}

/// Bytes that an expression allocates each time, to the whole byte. `i` counts the rounds.
fn bytes_of(expression: &str) -> u64 {
    let source = format!(
        "const f = (i) => {expression};
        const used = () => process.memoryUsage().heapUsed;
        for (let i = 0; i < 50; i++) f(i);
        const before = used();
        for (let i = 0; i < 2000; i++) f(i);
        console.log(used() - before);"
    );
    let limits = Limits { max_semi_space_mb: Some(16), min_semi_space_mb: Some(16), ..Limits::default() };
    let config = SessionConfig { source, limits, ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    assert_eq!(session.run(u64::MAX), RunState::Finished { exit_code: 0 });
    let output: String = session.take_output().into_iter().map(|chunk| chunk.text).collect();
    output.trim().parse::<u64>().expect("a number") / 2000
}

/// Node's bytes: the same program with more rounds, `--expose-gc --no-opt --single-threaded-gc --min-semi-space-size=32`.
#[test]
fn what_expressions_allocate() {
    let long = format!("JSON.stringify({{ t: '{}' }})", "x".repeat(300));
    let rows = [
        ("JSON.parse('[\"abcdefghij\"]')", 56),
        ("JSON.parse('[\"abcdefghijk\"]')", 88),
        ("({ x: 0.5 })", 64),
        ("({ x: i * 0.5 + 0.25 })", 96),
        ("({ a: 1, b: 'x' })", 56),
        ("new Array(3)", 88),
        ("new Array()", 96),
        ("String(i & 31)", 0),
        ("JSON.stringify(3)", 48),
        ("JSON.stringify('abc')", 48),
        (&*long, 48 + 640),
        ("new Uint8Array(16).subarray(2, 10)", 312),
        ("Object.create(null)", 184),
        ("['a', 'b', 'c']", 48),
        ("[1, 2, 3].slice()", 80),
        ("[...[1, 2, 3]]", 80),
        ("[1, 2].concat([3, 4])", 176),
        ("(function () { return arguments; })(1, 2)", 136),
        ("Math.max.bind(null)", 48),
        ("'x'.repeat(20)", 136),
        ("'x'.padStart(20)", 192),
        ("({ ...{ a: 1, b: 2 } })", 96),
        ("['a', 'bb', 'ccc'].join(',')", 112),
        ("Promise.resolve(1).then(String)", 144),
        ("Object.entries({ a: 1 })", 168),
        ("'abc 12 def 34'.match(/(\\w+) (\\d+)/g)", 312),
        ("/(\\w+) (\\d+)/.exec('abc 12')", 224),
        ("'abc 12 def 34'.replace(/\\d+/g, 'x')", 192),
        ("'abc 12 def 34'.replace(/\\d+/g, String)", 232),
        ("'a-b-c'.split(/-/)", 272),
        ("({ ...{ a: 1, b: 2 }, c: i })", 264 + 72),
        ("({ a: 1, ['b']: 2 })", 56),
        ("[...[1, 2], ...[3]]", 432),
        ("'a,b,c'.split(',')", 32),
        ("'abc'.toLowerCase()", 24),
        ("[1, 2].concat(3.5)", 120),
        ("[i, 0.5].concat([2])", 200),
        ("i ** 2", 16),
        ("JSON.stringify({ x: 0.5 })", 128),
        ("new Array(4).fill(0).map((x) => x + 0.5)", 344),
        ("(() => { const list = new Array(4); list[0] = 0.5; return list })()", 136),
        ("new Map([[1, 2]]).forEach(() => {})", 360),
        ("(() => { const map = new Map(); map.set(1, 1); map.delete(1) })()", 392),
        ("[[1.5], [2.5]].flat()", 440),
        ("[1.5, 2.5].reduce((list, x) => (list[list.length] = x, list), [])", 368),
        ("[2.5, 1.5, 3.5].sort((x, y) => x - y)", 1113),
        ("Math.max(1, ...[2, 3])", 48),
        ("((a, ...rest) => rest)(1, ...[2, 3])", 168),
        ("Math.max(...[0.5, 1.5])", 160),
        ("'abc'.search(/c/)", 56),
        ("Object.prototype.hasOwnProperty.call('abc', 'x')", 0),
        ("Object.prototype.toString.call('abc')", 0),
        ("7 / 2 + 0.25", 0),
        ("[1, 2 * 3, -4]", 48),
        ("[].push(1, 2, 3)", 224),
        ("(async () => {})()", 248),
        ("(async () => { await 1 })()", 496),
        ("(async (a) => { await a; return a })(i)", 504),
    ];
    let ours = rows.map(|(expression, _)| (expression, bytes_of(expression)));
    assert_eq!(ours, rows);
}

/// The text of a script is a string of the heap: a byte a character of Latin-1.
#[test]
fn the_text_of_a_script_counts() {
    let used = |comment: &str| {
        let source = format!("console.log(process.memoryUsage().heapUsed) // {comment}");
        let mut session =
            Session::new(SessionConfig { source, ..SessionConfig::default() }).expect("it compiles");
        assert_eq!(session.run(u64::MAX), RunState::Finished { exit_code: 0 });
        let output: String = session.take_output().into_iter().map(|chunk| chunk.text).collect();
        output.trim().parse::<u64>().expect("a number")
    };
    let none = used("");
    assert_eq!(used(&"x".repeat(80_000)) - none, 80_000);
    assert_eq!(used(&"x".repeat(800_000)) - none, 800_000);
    assert_eq!(used(&"\u{416}".repeat(80_000)) - none, 2 * 80_000 + 48);
}

/// `useMem` of the classic article: arrays that are kept, until memory is out. Node prints 14 rows with a limit of 64 MB, the
/// last at 67.84 MB, and dies.
#[test]
fn a_heap_that_only_grows() {
    let source = "const kept = [];
        for (;;) {
          console.log((process.memoryUsage().heapUsed / 1024 / 1024).toFixed(2));
          const more = new Array(640 * 1024);
          for (let i = 0; i < more.length; i++) more[i] = 0;
          kept.push(more);
        }";
    let limits = Limits { max_old_space_mb: Some(64), ..Limits::default() };
    let config = SessionConfig { source: source.to_owned(), limits, ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    let RunState::OutOfMemory(report) = session.run(u64::MAX) else { panic!("it ends") };
    assert!(report.contains("Reached heap limit"), "{report}");
    let output: String = session.take_output().into_iter().map(|chunk| chunk.text).collect();
    let rows: Vec<f64> = output.lines().filter_map(|row| row.parse().ok()).collect();
    assert_eq!(rows.len(), 14, "{rows:?}");
    let node =
        [3.02, 8.51, 13.32, 18.32, 23.32, 28.32, 33.32, 37.82, 42.83, 48.08, 53.09, 57.83, 62.83, 67.84];
    for (ours, node) in rows.iter().zip(node) {
        assert!((ours - node).abs() <= node * 0.02, "{ours} MB, Node {node} MB: {rows:?}");
    }
}

#[test]
fn literals() {
    let node = Node { scavenges: 18, full: 0, promoted: 3_377_272, survived: 3_575_008 };
    check("fidelity", "literals", &node, 0);
}

#[test]
fn spreads() {
    let node = Node { scavenges: 44, full: 0, promoted: 2_436_608, survived: 2_576_880 };
    check("fidelity", "spreads", &node, 0);
}

#[test]
fn sorting() {
    let node = Node { scavenges: 35, full: 0, promoted: 369_824, survived: 412_800 };
    check("fidelity", "sorting", &node, 0);
}

#[test]
fn pads() {
    let node = Node { scavenges: 19, full: 0, promoted: 4_013_752, survived: 4_416_656 };
    check("fidelity", "pads", &node, 0);
}

#[test]
fn await_loop() {
    let node = Node { scavenges: 20, full: 0, promoted: 1_736_376, survived: 1_916_488 };
    check("fidelity", "await-loop", &node, 0);
}

#[test]
fn bound() {
    let node = Node { scavenges: 39, full: 0, promoted: 1_621_552, survived: 1_694_328 };
    check("fidelity", "bound", &node, 0);
}

#[test]
fn sets() {
    let node = Node { scavenges: 82, full: 0, promoted: 887_160, survived: 1_114_984 };
    check("fidelity", "sets", &node, 0);
}

#[test]
fn store() {
    let node = Node { scavenges: 12, full: 0, promoted: 606_880, survived: 708_832 };
    check("fidelity", "store", &node, 0);
}

#[test]
fn string_maps() {
    let node = Node { scavenges: 15, full: 1, promoted: 7_261_448, survived: 15_464_880 };
    check("fidelity", "string-maps", &node, 1);
}

#[test]
fn copies() {
    let node = Node { scavenges: 12, full: 1, promoted: 9_866_320, survived: 14_069_288 };
    check("fidelity", "copies", &node, 0);
}

#[test]
fn lazy_sequences() {
    let node = Node { scavenges: 13, full: 1, promoted: 4_048_760, survived: 5_897_656 };
    check("fidelity", "lazy-sequences", &node, 1);
}

#[test]
fn json_requests() {
    let node = Node { scavenges: 22, full: 0, promoted: 2_666_528, survived: 6_040_856 };
    check("fidelity", "json-requests", &node, 0);
}

#[test]
fn json_round_trips() {
    let node = Node { scavenges: 14, full: 0, promoted: 1_630_104, survived: 6_838_136 };
    check("fidelity", "json-round-trips", &node, 0);
}

#[test]
fn reducer() {
    let node = Node { scavenges: 37, full: 0, promoted: 745_064, survived: 3_199_016 };
    check("fidelity", "reducer", &node, 0);
}

#[test]
fn dictionaries() {
    let node = Node { scavenges: 24, full: 0, promoted: 3_894_296, survived: 4_265_192 };
    check("fidelity", "dictionaries", &node, 0);
}

#[test]
fn trie() {
    let node = Node { scavenges: 13, full: 1, promoted: 10_192_824, survived: 11_719_112 };
    check("fidelity", "trie", &node, 0);
}

#[test]
fn weak_caches() {
    let node = Node { scavenges: 10, full: 0, promoted: 5_245_168, survived: 18_479_696 };
    check("fidelity", "weak-caches", &node, 0);
}
