//! Heap snapshots that scripts write: their names, their errors, and what is in them.

use semispace_playground::heap_snapshot::{Graph, read};
use semispace_playground::{RunState, Session, SessionConfig};

fn run(source: &str, config: SessionConfig) -> (Session, String) {
    let mut session =
        Session::new(SessionConfig { source: source.to_owned(), ..config }).expect("it compiles");
    let state = session.run(u64::MAX);
    assert_eq!(state, RunState::Finished { exit_code: 0 });
    let text = session.take_output().into_iter().map(|chunk| chunk.text).collect();
    (session, text)
}

fn graph(session: &Session, path: &str) -> Graph {
    let bytes = session.file(path).unwrap_or_else(|| panic!("no {path}"));
    read(bytes.as_slice(), None).expect("a snapshot")
}

fn count(graph: &Graph, class: &str) -> usize {
    let of_class = |node| graph.node_type(node).as_str() == "object" && graph.name(node) == class;
    graph.nodes().filter(|&node| of_class(node)).count()
}

#[test]
fn v8_writes_snapshots_under_nodes_names() {
    let source = "
        const v8 = require('v8'), fs = require('fs');
        class Kept {}
        const kept = [new Kept()];
        const first = v8.writeHeapSnapshot();
        kept.push(new Kept(), new Kept());
        console.log(/^Heap\\.\\d{8}\\.\\d{6}\\.1\\.0\\.001\\.heapsnapshot$/.test(first), v8.writeHeapSnapshot('two.heapsnapshot'));
        console.log(/\\.002\\.heapsnapshot$/.test(v8.writeHeapSnapshot()), fs.statSync(first).size > 1e5);
        for (const wrong of [() => v8.writeHeapSnapshot('nowhere/x'), () => v8.writeHeapSnapshot(5),
          () => v8.writeHeapSnapshot('a', 5), () => v8.getHeapSnapshot({ exposeInternals: 3 })]) {
          try { wrong() } catch (error) { console.log(error.message) }
        }
        let text = '';
        v8.getHeapSnapshot().on('data', (part) => (text += part)).on('end', () => {
          const { snapshot, nodes } = JSON.parse(text);
          console.log(nodes.length / snapshot.meta.node_fields.length === snapshot.node_count);
        }).on('close', () => setTimeout(() => console.log(fs.readdirSync('/tmp')), 1));";
    let (session, text) = run(source, SessionConfig::default());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "true two.heapsnapshot",
            "true true",
            "ENOENT: no such file or directory, open 'nowhere/x'",
            "The \"path\" argument must be of type string or an instance of Buffer or URL. Received type number (5)",
            "The \"options\" argument must be of type object. Received type number (5)",
            "The \"options.exposeInternals\" property must be of type boolean. Received type number (3)",
            "true",
            "[]",
        ]
    );
    let written = session.written_snapshots();
    assert_eq!(written.len(), 3);
    let counts = [0, 1, 2].map(|at: usize| count(&graph(&session, &written[at]), "Kept"));
    assert_eq!(counts, [1, 3, 3]);
}

#[test]
fn heapdump_answers_calls_and_signals() {
    let source = "
        const heapdump = require('heapdump');
        console.log(heapdump.writeSnapshot('one.heapsnapshot', (error, name) => console.log(error, name)));
        console.log(heapdump.writeSnapshot('/nowhere/x.heapsnapshot', (error) => console.log(error.message)));
        console.log(heapdump.writeSnapshot((error, name) => console.log(/^heapdump-\\d+\\.\\d+\\.heapsnapshot$/.test(name))));
        process.kill(process.pid, 'SIGUSR2');
        setTimeout(() => process.emit('SIGUSR2'), 5);";
    let (session, text) = run(source, SessionConfig::default());
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        ["null one.heapsnapshot", "true", "heapdump write error ENOENT", "false", "true", "true"]
    );
    assert_eq!(session.written_snapshots().len(), 4);
    for path in session.written_snapshots() {
        assert!(count(&graph(&session, path), "Array") > 0, "{path}");
    }
}

/// Whoever writes one in the middle of things finds a sound heap afterwards, and the same output as without.
#[test]
fn writing_a_snapshot_leaves_the_heap_alone() {
    let source = |line: &str| {
        format!(
            "const v8 = require('v8'); v8.writeHeapSnapshot('first.heapsnapshot');
             let list = null;
             for (let i = 0; i < 400; i++) {{ list = {{ list, i, text: 'number ' + i }}; if (i % 100 === 0) {line}; }}
             const ids = [];
             for (let at = list; at; at = at.list) ids.push(at.text.length);
             console.log(ids.length, ids[7]);"
        )
    };
    let stressed = SessionConfig { stress_gc: Some(3), verify_heap: true, ..SessionConfig::default() };
    let (_, with) = run(&source("v8.writeHeapSnapshot('x.heapsnapshot')"), stressed.clone());
    let (_, without) = run(&source("0"), stressed);
    assert_eq!(with, without);
}

#[test]
fn strings_that_only_a_cache_holds_are_no_leak() {
    let source = "
        const v8 = require('v8');
        global.kept = [];
        for (let i = 0; i < 2000; i++) { const text = `number ${i}`; if (i === 1234) kept.push(`${i}`); }
        console.log(require('path').resolve(v8.writeHeapSnapshot('one.heapsnapshot')));";
    let (session, path) = run(source, SessionConfig::default());
    let graph = graph(&session, path.trim_end());
    let named = |name: &str| graph.nodes().filter(|&node| graph.name(node) == name).count();
    assert_eq!((named("1234"), named("1233")), (1, 0));
}
