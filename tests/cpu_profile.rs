//! CPU profiles by virtual time: the functions that take the time, and the same samples however a run is sliced.

use semispace_playground::{CpuProfile, RunState, Session, SessionConfig};

const SOURCE: &str = "
function busy(n) { let sum = 0; for (let i = 0; i < n; i++) sum += i % 7; return sum; }
function outer() { return busy(900000); }
const kept = [];
for (let i = 0; i < 200000; i++) kept.push({ i });
outer();
setTimeout(() => busy(100000), 50);";

fn profile(portion: u64) -> CpuProfile {
    let config = SessionConfig { source: SOURCE.to_owned(), ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    session.start_cpu_profile();
    while session.run(portion) == RunState::Paused {}
    session.stop_cpu_profile().expect("it was begun")
}

#[test]
fn samples_do_not_depend_on_how_a_run_is_sliced() {
    let whole = profile(u64::MAX);
    for portion in [7_919, 100_000, 333_331] {
        assert_eq!(profile(portion).json(), whole.json(), "portions of {portion}");
    }
    let summary = whole.summary();
    let ticks = |name: &str| {
        let line =
            summary.lines().find(|line| line.contains(name)).unwrap_or_else(|| panic!("{name}: {summary}"));
        line.split_whitespace().next().and_then(|ticks| ticks.parse::<u64>().ok()).expect("a number")
    };
    assert!(ticks("JS: busy snippet.js:2:") > ticks("JS: <anonymous> snippet.js:1:"), "{summary}");
    assert!(ticks(" GC") > 0, "{summary}");
    assert!(whole.json().contains("\"functionName\":\"(idle)\""));
}

#[test]
fn v8_profiler_answers_its_main_calls() {
    let source = "
        const profiler = require('v8-profiler'), fs = require('fs');
        class Thing {}
        const kept = [];
        const one = profiler.takeSnapshot('1');
        for (let i = 0; i < 300; i++) kept.push(new Thing());
        const two = profiler.takeSnapshot();
        console.log(one.getHeader(), two.getHeader().title, one.compare(two).Thing);
        two.export((error, text) => {
          const { nodes, snapshot } = JSON.parse(text);
          const id = profiler.getHeapObjectId(kept[7]);
          console.log(error, nodes.indexOf(id) % snapshot.meta.node_fields.length === 2);
          profiler.deleteAllSnapshots();
          console.log(fs.readdirSync('/tmp').length, Object.keys(profiler.snapshots).length);
        });
        function busy(n) { let sum = 0; for (let i = 0; i < n; i++) sum += i % 7; return sum; }
        profiler.setSamplingInterval(100);
        profiler.startProfiling('cpu', true);
        busy(300000);
        try { profiler.setSamplingInterval(5) } catch (error) { console.log(error.message) }
        const profile = profiler.stopProfiling('cpu');
        const named = (node, name) => node.functionName === name ? node : node.children.map((child) => named(child, name)).find(Boolean);
        console.log(profile.getHeader(), named(profile.head, 'busy').hitCount > 20, profile.samples.length === profile.timeDeltas.length);
        console.log(profiler.stopProfiling('none'));
        profile.export().on('data', (part) => console.log(Object.keys(JSON.parse(part)).join()));";
    let config = SessionConfig { source: source.to_owned(), ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    assert_eq!(session.run(u64::MAX), RunState::Finished { exit_code: 0 });
    let text: String = session.take_output().into_iter().map(|chunk| chunk.text).collect();
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "{ typeId: 'HEAP', uid: 1, title: '1' } Snapshot 2 300",
            "setSamplingInterval must be called when there are no profiles being recorded.",
            "{ typeId: 'CPU', uid: 3, title: 'cpu' } true true",
            "undefined",
            "null true",
            "0 0",
            "typeId,uid,title,nodes,startTime,endTime,samples,timeDeltas,head",
        ]
    );
}
