//! What monitor modules tell of collections and of off-heap memory: the same however a run is sliced.

use semispace_playground::{RunState, Session, SessionConfig};

fn output(source: &str, portion: u64) -> String {
    let config = SessionConfig { source: source.to_owned(), ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    while session.run(portion) == RunState::Paused {}
    session.take_output().into_iter().map(|chunk| chunk.text).collect()
}

/// The output, which has to be the same in portions.
fn steady_output(source: &str) -> String {
    let whole = output(source, u64::MAX);
    assert_eq!(output(source, 10_007), whole);
    whole
}

#[test]
fn mtrace_writes_blocks_as_glibc_does() {
    let source = "
        const mtrace = require('mtrace'), fs = require('fs');
        const file = mtrace.mtrace();
        function make(bytes) { return Buffer.alloc(bytes); }
        global.kept = [];
        for (let i = 0; i < 3; i++) kept.push(make(100000));
        kept.length = 1;
        mtrace.gc();
        mtrace.muntrace();
        make(100000);
        console.log(file);
        console.log(fs.readFileSync(file, 'utf8'));
        console.log(require('node-mtrace') === mtrace, mtrace.mtrace('second'));
        process.on('exit', () => console.log(fs.readFileSync('second', 'utf8')));";
    let text = steady_output(source);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..2], ["mtrace.1.0", "= Start"]);
    let allocated: Vec<&str> =
        lines[2..5].iter().map(|line| line.split_once(" + ").expect("a block").1).collect();
    for (line, block) in lines[2..5].iter().zip(&allocated) {
        assert!(line.starts_with("@ snippet.js:(make+0x"), "{line}");
        assert!(block.ends_with(" 0x186a0"), "{line}");
    }
    let released: Vec<&str> =
        lines[5..7].iter().map(|line| line.split_once(" - ").expect("a block").1).collect();
    let later: Vec<&str> =
        allocated[1..].iter().map(|block| block.split_once(' ').expect("a size").0).collect();
    assert_eq!(released, later, "{text}");
    assert_eq!(lines[7..], ["= End", "", "true second", "= Start", ""]);
}

#[test]
fn a_performance_observer_sees_each_collection() {
    let source = "
        const { PerformanceObserver } = require('perf_hooks');
        const kinds = { 1: 0, 4: 0 };
        let paused = 0, last = 0, ordered = true;
        new PerformanceObserver((list) => {
          for (const { startTime, duration, detail } of list.getEntries()) {
            kinds[detail.kind]++;
            paused += duration;
            ordered &&= startTime >= last;
            last = startTime;
          }
        }).observe({ entryTypes: ['gc'] });
        global.kept = [];
        for (let i = 0; i < 400000; i++) kept.push({ i });
        gc();
        setTimeout(() => console.log(kinds[1], kinds[4], ordered, paused.toFixed(3)), 100);";
    let text = steady_output(source);
    let config = SessionConfig { source: source.to_owned(), ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    session.run(u64::MAX);
    let stats = session.stats();
    let seen: Vec<&str> = text.split_whitespace().collect();
    assert_eq!(seen[..3], [stats.scavenges.to_string(), stats.mark_compacts.to_string(), "true".to_owned()]);
    assert_eq!(seen[3], format!("{:.3}", stats.total_pause_ms));
}

#[test]
fn memwatch_counts_only_from_when_it_is_asked_for() {
    let source = "
        const { PerformanceObserver } = require('perf_hooks');
        let entries = 0;
        new PerformanceObserver((list) => { entries += list.getEntries().length }).observe({ entryTypes: ['gc'] });
        gc();
        setTimeout(() => {
          const memwatch = require('memwatch');
          memwatch.on('stats', ({ num_full_gc, num_inc_gc }) => console.log(num_full_gc, num_inc_gc));
          gc();
          gc({ type: 'minor' });
          gc();
          setTimeout(() => console.log(entries), 5);
        }, 5);";
    assert_eq!(steady_output(source), "1 0\n2 1\n4\n");
}

#[test]
fn v8_profiler_follows_objects() {
    let source = "
        const profiler = require('v8-profiler');
        global.kept = { name: 'kept' };
        const id = profiler.getHeapObjectId(kept);
        gc();
        console.log(profiler.getObjectByHeapObjectId(id) === kept, profiler.getObjectByHeapObjectId(`${id}`) === kept);
        console.log(profiler.getObjectByHeapObjectId(1), profiler.getObjectByHeapObjectId(2 ** 40), profiler.getObjectByHeapObjectId('x'));
        class Thing { constructor() { this.a = 1; } }
        profiler.startTrackingHeapObjects();
        profiler.getHeapStats();
        global.things = [];
        for (let i = 0; i < 1000; i++) things.push(new Thing());
        let grown, ended = 0;
        const last = profiler.getHeapStats((samples) => { grown = samples.find(({ index }) => index === 1) }, () => ended++);
        console.log(grown.count >= 1000 && grown.count < 1100, grown.size > 1000 * 24, last > id, ended);
        things.length = 100;
        gc();
        profiler.getHeapStats((samples) => {
          const { count } = samples.find(({ index }) => index === 1);
          console.log(count >= 100 && count < 200);
        });
        profiler.stopTrackingHeapObjects();
        profiler.getHeapStats((samples) => console.log(samples));";
    assert_eq!(
        steady_output(source),
        "true true\nundefined undefined undefined\ntrue true true 1\ntrue\n[]\n"
    );
}
