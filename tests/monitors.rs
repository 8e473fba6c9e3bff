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

/// Twelve full collections, each with a scavenge before it; the figures of the first nine follow from the heap's own record of them,
/// those after it are in the monitor's tests.
#[test]
fn memwatch_names_each_figure() {
    let source = "
        const memwatch = require('memwatch');
        memwatch.on('stats', (stats) => console.log(Object.entries(stats).join(' ')));
        memwatch.on('leak', (leak) => console.log(Object.keys(leak).join(), leak.end - leak.start, leak.growth, leak.reason));
        global.kept = [];
        let rounds = 0;
        setTimeout(function round() {
          for (let i = 0; i < 1000; i++) kept.push({ i });
          gc({ type: 'minor' });
          memwatch.gc();
          if (++rounds < 9) setTimeout(round, 60000);
        });";
    let config = SessionConfig { source: source.to_owned(), ..SessionConfig::default() };
    let mut session = Session::new(config).expect("it compiles");
    session.run(u64::MAX);
    let bases: Vec<u64> = session
        .take_collections()
        .iter()
        .filter(|record| record.kind.is_full())
        .map(|record| record.used_after)
        .collect();
    let text: String = session.take_output().into_iter().map(|chunk| chunk.text).collect();
    let mut lines = text.lines();
    for (at, &base) in bases.iter().enumerate() {
        let full = at + 1;
        if full == 5 {
            // Four minutes, to the millisecond of the round's own work.
            let words: Vec<&str> = lines.next().expect("a leak").splitn(4, ' ').collect();
            assert_eq!((words[0], words[1]), ("start,end,growth,reason", "240000"));
            assert_eq!(words[2], (base - bases[0]).to_string());
            let start = "heap growth over 5 consecutive GCs (4m 0s) - ";
            assert!(words[3].starts_with(start) && words[3].ends_with(" mb/hr"), "{}", words[3]);
        }
        let (min, max) = if full < 3 { (0, 0) } else { (bases[2], base) };
        assert_eq!(
            lines.next().expect("statistics"),
            format!(
                "num_full_gc,{full} num_inc_gc,{full} heap_compactions,{full} usage_trend,0 estimated_base,{base} \
                 current_base,{base} min,{min} max,{max}"
            )
        );
    }
    assert_eq!((bases.len(), lines.next()), (9, None));
}

/// 1000 tickets of 56 bytes come (three words and four fields) and 300 go: 700 x 56 = 39200 bytes, 38.28 KiB.
#[test]
fn a_heap_diff_names_each_figure() {
    let source = "
        const { HeapDiff } = require('memwatch-next');
        class Ticket { constructor(i) { this.a = this.b = this.c = this.d = i; } }
        const make = (count) => Array.from({ length: count }, (_, i) => new Ticket(i));
        make(100);
        global.old = make(300);
        const diff = new HeapDiff();
        setTimeout(() => {
          global.old = null;
          global.young = make(1000);
          const { before, after, change, ...more } = diff.end();
          console.log(Object.keys(more).length, [before, after, change].map((part) => Object.keys(part).join()).join(' '));
          console.log(after.time - before.time, before.time instanceof Date);
          console.log(after.nodes - before.nodes === change.allocated_nodes - change.freed_nodes, before.nodes > 1000);
          console.log(change.allocated_nodes >= 1000, change.allocated_nodes < 1100, change.freed_nodes >= 300, change.freed_nodes < 400);
          console.log(after.size_bytes - before.size_bytes === change.size_bytes, before.size_bytes > 1048576);
          const inWords = ({ size_bytes, size }) => size === `${Math.round(size_bytes / 1048576 * 100) / 100} mb`;
          console.log(inWords(before), inWords(after), change.size === `${Math.round(change.size_bytes / 1024 * 100) / 100} kb`);
          console.log(JSON.stringify(change.details.find(({ what }) => what === 'Ticket')));
          const names = change.details.map(({ what }) => what);
          console.log(names.join() === [...names].sort().join(), names.length > 2);
          const sum = (name) => change.details.reduce((total, each) => total + each[name], 0);
          console.log(sum('+') <= change.allocated_nodes, sum('-') <= change.freed_nodes);
          try { diff.end(); } catch (error) { console.log(error.message); }
        }, 60000);";
    let moment = "nodes,time,size_bytes,size";
    let expected = format!(
        "0 {moment} {moment} size_bytes,size,freed_nodes,allocated_nodes,details\n60000 true\ntrue true\ntrue true true true\n\
         true true\ntrue true true\n{}\ntrue true\ntrue true\nattempt to end() a HeapDiff that was already ended\n",
        r#"{"what":"Ticket","size_bytes":39200,"size":"38.28 kb","+":1000,"-":300}"#
    );
    assert_eq!(steady_output(source), expected);
}

/// Five collections within a second: the original divides by no seconds.
#[test]
fn memwatch_is_sane_when_it_is_corrected() {
    let leak = |corrected: &str| {
        steady_output(&format!(
            "const memwatch = require('memwatch');
            {corrected}
            memwatch.on('leak', ({{ start, end, reason }}) => console.log(end - start, reason.split(' - ')[1]));
            global.kept = [];
            let rounds = 0;
            setTimeout(function round() {{
              for (let i = 0; i < 1000; i++) kept.push({{ i }});
              gc();
              if (++rounds < 5) setTimeout(round, 50);
            }});"
        ))
    };
    assert_eq!(leak(""), "0 -2147483648 bytes/hr\n");
    let corrected = leak("memwatch.corrected = true; console.log(memwatch.corrected);");
    let Some(("true", line)) = corrected.trim_end().split_once('\n') else { panic!("{corrected}") };
    assert!(line.starts_with("200 ") && line.ends_with(" mb/hr"), "{line}");
}
