//! A session as whoever drives it sees it.

use semispace_playground::heap::Phase;
use semispace_playground::{
    CollectorPace, Limits, RunState, Session, SessionConfig, StepKind, Stride, TraceFormat,
};

fn session(source: &str, config: SessionConfig) -> Session {
    Session::new(SessionConfig { source: source.to_owned(), ..config }).expect("the script compiles")
}

fn finish(session: &mut Session, portion: u64) -> RunState {
    loop {
        match session.run(portion) {
            RunState::Paused => {}
            ended => return ended,
        }
    }
}

fn output(session: &mut Session) -> String {
    session.take_output().into_iter().map(|chunk| chunk.text).collect()
}

#[test]
fn trace_lines_stand_where_the_collections_happened() {
    let source = "console.log('one'); gc(); console.log('two'); console.log('three'); gc({ type: 'minor' });";
    let mut traced =
        session(source, SessionConfig { trace: TraceFormat::TraceGc, ..SessionConfig::default() });
    assert_eq!(finish(&mut traced, u64::MAX), RunState::Finished { exit_code: 0 });
    let text = output(&mut traced);
    let lines: Vec<&str> =
        text.lines().map(|line| if line.contains(" MB, ") { "collection" } else { line }).collect();
    assert_eq!(lines, ["one", "collection", "two", "three", "collection"]);
    let collections = traced.take_collections();
    let of_trace: Vec<String> = collections.iter().map(|record| traced.trace_line(record)).collect();
    let printed: Vec<&str> = text.lines().filter(|line| line.contains(" MB, ")).collect();
    assert_eq!(of_trace, printed);
    assert!(traced.take_collections().is_empty());
}

/// What rewinding rests on: a clone goes on exactly as the session that it was taken from.
#[test]
fn a_clone_goes_on_by_itself_and_in_the_same_way() {
    let source = "
        const kept = [];
        for (let i = 0; i < 60000; i++) { const o = { i, r: Math.random() }; if (i % 9 === 0) kept.push(o); }
        console.log(kept.length, kept[100].r);
        function* count() { for (let i = 0; i < 5; i++) yield i; }
        setTimeout(() => console.log([...count()]), 10);";
    let mut original = session(source, SessionConfig::default());
    let mut checkpoints = Vec::new();
    while original.run(100_000) == RunState::Paused {
        checkpoints.push(original.clone());
    }
    assert!(checkpoints.len() >= 4, "{} checkpoints", checkpoints.len());
    let (stats, text) = (original.stats(), output(&mut original));
    for mut checkpoint in checkpoints {
        finish(&mut checkpoint, 33_331);
        assert_eq!(checkpoint.stats(), stats);
        assert_eq!(output(&mut checkpoint), text);
    }
}

/// A run that pauses in the middle of its collections comes to the same end, byte for byte, as one that does not.
#[test]
fn a_pause_in_a_collection_changes_nothing() {
    let source = "
        const kept = [];
        for (let i = 0; i < 400000; i++) { kept.push({ i, list: new Array(20) }); if (i % 300000 === 299999) kept.length = 1000; }
        console.log(kept.length, process.memoryUsage().heapUsed);";
    let mut whole = session(source, SessionConfig::default());
    finish(&mut whole, u64::MAX);
    let mut paused = session(source, SessionConfig::default());
    paused.set_collector_pace(CollectorPace { steps: 3, ..CollectorPace::default() });
    let (mut inside, mut turns) = (0, 0);
    while paused.run(1_000_000) == RunState::Paused {
        inside += u32::from(paused.heap().is_collecting());
        turns += 1;
    }
    assert!(whole.stats().scavenges > 10 && whole.stats().mark_compacts > 0, "{:?}", whole.stats());
    assert!(inside > 100, "{inside} of {turns} pauses were inside a collection");
    assert_eq!(paused.stats(), whole.stats());
    assert_eq!(output(&mut paused), output(&mut whole));
}

/// So does one that pauses while a store grows, be it of elements or of a Map; and the new store is sound at every portion.
#[test]
fn a_pause_in_the_growth_of_a_store_changes_nothing() {
    let source = "
        const list = [], doubles = [], map = new Map(), set = new Set();
        for (let i = 0; i < 90000; i++) {
            list.push({ i }); doubles[i] = i + 0.5; map.set(i * 3, list); set.add('k' + i);
            if (i % 7 === 0) map.delete(i);
        }
        const sum = list.reduce((sum, { i }) => sum + i, 0) + doubles.reduce((sum, d) => sum + d);
        console.log(sum, map.size, map.get(89999 * 3) === list, [...map.keys()].at(-2), set.has('k89998'));";
    for stress_gc in [None, Some(20_000)] {
        let config = SessionConfig { stress_gc, verify_heap: true, ..SessionConfig::default() };
        let mut whole = session(source, config.clone());
        finish(&mut whole, u64::MAX);
        assert_eq!(whole.heap().violations(), []);
        let mut paused = session(source, config);
        paused.set_collector_pace(CollectorPace { steps: 1, ..CollectorPace::default() });
        let mut growing = 0;
        while paused.run(1_000_000) == RunState::Paused {
            let collects = paused.heap().is_collecting() || paused.heap().is_collection_due();
            growing += u32::from(paused.is_in_collection() && !collects);
        }
        assert!(growing > 100, "{growing} pauses in a growth");
        assert_eq!(paused.stats(), whole.stats());
        let text = output(&mut paused);
        assert_eq!(text, output(&mut whole));
        assert!(text.contains("true 269994 true"), "{text}");
        assert_eq!(paused.heap().violations(), []);
    }
}

#[test]
fn a_run_can_halt_before_a_collection_and_step_through_it() {
    let source = "let a = []; for (let i = 0; i < 3e5; i++) a = [i, a.length];";
    let mut halted = session(source, SessionConfig::default());
    halted.set_collector_pace(CollectorPace { halts_before: true, ..CollectorPace::default() });
    assert_eq!(halted.run(u64::MAX), RunState::Paused);
    assert!(halted.is_in_collection() && halted.stats().scavenges == 0);
    halted.start_due_collection();
    let stage = halted.stage().expect("a collection to step through");
    assert_eq!((stage.title, stage.steps), ("Scavenge", 0));
    halted.step_collection(Stride::End);
    assert_eq!(halted.stats().scavenges, 1);
    halted.set_collector_pace(CollectorPace::default());
    assert_eq!(finish(&mut halted, u64::MAX), RunState::Finished { exit_code: 0 });
    let mut whole = session(source, SessionConfig::default());
    finish(&mut whole, u64::MAX);
    assert_eq!(halted.stats(), whole.stats());
}

#[test]
fn a_step_ends_at_the_next_line_and_at_the_next_collection() {
    let mut stepped =
        session("let a = [];\nfor (let i = 0; i < 1e5; i++) {\n  a = [i];\n}", SessionConfig::default());
    stepped.step(StepKind::Line);
    assert_eq!(stepped.position().map(|(line, _)| line), Some(2));
    stepped.step(StepKind::Collection);
    assert_eq!(stepped.stats().scavenges, 1);
}

#[test]
fn a_full_heap_can_still_be_looked_at_and_collected() {
    let limits = Limits { max_old_space_mb: Some(8), ..Limits::default() };
    let mut full = session(
        "let list = []; for (;;) list.push({ list });",
        SessionConfig { limits, ..SessionConfig::default() },
    );
    let RunState::OutOfMemory(report) = finish(&mut full, 1_000_000) else { panic!("{:?}", full.state()) };
    assert!(report.contains("JavaScript heap out of memory"), "{report}");
    let before = full.stats();
    full.full_gc();
    assert_eq!(full.stats().mark_compacts, before.mark_compacts + 1);
    assert!(full.stats().heap_used > 6 << 20);
}

/// The sizes of a trace line, bytes.
fn sizes(line: &str, names: [&str; 2]) -> [u64; 2] {
    names.map(|name| {
        let value = line.split(' ').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
        value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no {name} in {line}"))
    })
}

/// What lines say in sum is what the statistics say.
#[test]
fn the_lines_of_a_trace_add_up_to_the_statistics() {
    let source = "const kept = []; let last;
        for (let i = 0; i < 300000; i++) { last = { i, last: null }; if (i % 3 === 0) kept.push(last); }
        gc({ type: 'minor' }); gc();";
    for profile in ["node-20", "node-4", "classic-64"] {
        let profile = profile.parse().expect("a profile");
        let config = |trace| SessionConfig { profile, trace, ..SessionConfig::default() };
        let mut pairs = session(source, config(TraceFormat::NameValuePairs));
        finish(&mut pairs, u64::MAX);
        let (stats, text) = (pairs.stats(), output(&mut pairs));
        let count = |gc: &str| text.lines().filter(|line| line.contains(gc)).count() as u64;
        assert_eq!(count(" gc=s "), stats.scavenges);
        assert_eq!(text.lines().count() as u64, stats.scavenges + stats.mark_compacts);
        let promoted: u64 = text
            .lines()
            .filter(|line| line.contains(" gc=s "))
            .map(|line| sizes(line, ["promoted"; 2])[0])
            .sum();
        assert_eq!(promoted, stats.promoted_bytes);
        let ends: Vec<[u64; 2]> =
            text.lines().map(|line| sizes(line, ["total_size_before", "total_size_after"])).collect();
        assert_eq!(ends.iter().map(|end| end[0]).max(), Some(stats.peak_heap_used));
        let mut traced = session(source, config(TraceFormat::TraceGc));
        finish(&mut traced, u64::MAX);
        let lines = output(&mut traced);
        let count = |name: &str| lines.lines().filter(|line| line.contains(name)).count() as u64;
        assert_eq!(count(" ms: Scavenge "), stats.scavenges);
        assert_eq!(count(" ms: Mark-"), stats.mark_compacts);
        for (line, [before, after]) in lines.lines().zip(ends) {
            let mib = |bytes: u64| format!("{:.1} (", bytes as f64 / 1_048_576.0);
            assert!(line.contains(&mib(before)) && line.contains(&format!("-> {}", mib(after))), "{line}");
        }
    }
}

#[test]
fn allocations_are_counted_by_the_place_that_made_them() {
    let source = "const kept = [];\nfor (let i = 0; i < 3000; i++) {\n  const dropped = { i, a: 1 };\n  if (i % 3 === 0) kept.push({ i });\n}\nsetTimeout(() => {}, 1);\ngc();";
    let config = SessionConfig { allocation_sites: true, ..SessionConfig::default() };
    let mut watched = session(source, config);
    let mut plain = session(source, SessionConfig::default());
    finish(&mut watched, 100_000);
    finish(&mut plain, 100_000);
    assert_eq!(watched.stats(), plain.stats(), "to look on changes nothing");
    let counted = |session: &Session| {
        let mut count = session.begin_site_count();
        while !session.count_sites_on(&mut count) {}
        session.allocation_sites(&count)
    };
    let sites = counted(&watched);
    let lines = |line: u32| {
        let of_line = sites.iter().filter(|site| site.place.line == line);
        of_line.fold((0, 0, 0), |sum, site| (sum.0 + site.count, sum.1 + site.bytes, sum.2 + site.kept_count))
    };
    let (made, bytes, kept) = lines(3);
    assert!(made >= 3000 && bytes >= 3000 * 5 * 8 && kept == 0, "{sites:?}");
    let (made, bytes, kept) = lines(4);
    assert!(made >= 1000 && bytes >= 1000 * 4 * 8, "{sites:?}");
    assert!((1000..1010).contains(&kept), "{sites:?}");
    assert!(counted(&plain).is_empty());
}

/// Built-in code allocates the long way while sites are recorded, the script's own on the short one: neither may lie elsewhere
/// than in a run that nobody watches.
#[test]
fn recording_sites_moves_no_object() {
    let source = "class Point { constructor(x) { this.x = x; this.half = x / 3; } }\n\
        const cache = new Map();\nlet text = '';\n\
        for (let i = 0; i < 20000; i++) {\n\
          const [a, b] = [i, { i, name: 'n' + i }];\n  cache.set(i % 500, new Point(a));\n\
          const list = [1.5, i / 7, a].map((x) => ({ x })).filter(({ x }) => x > 1);\n\
          for (const { x } of list) text = (text + x).slice(-200);\n\
          if (i % 4000 === 0) console.log(JSON.stringify({ list, b, ...b }), new Float64Array([i / 3])[0] + 1);\n\
        }\nPromise.all([1, 2].map(async (x) => x)).then((all) => console.log(all.length, cache.size));";
    let config = SessionConfig { allocation_sites: true, ..SessionConfig::default() };
    let [mut watched, mut plain] = [config, SessionConfig::default()].map(|config| session(source, config));
    finish(&mut watched, 100_000);
    finish(&mut plain, 100_000);
    assert_eq!(watched.stats(), plain.stats());
    assert!(plain.stats().scavenges > 3);
    assert_eq!(output(&mut watched), output(&mut plain));
    let pages = |session: &Session| {
        let heap = session.heap();
        let objects =
            heap.pages().map(|(page, space)| (page, space, heap.objects(page).map(|(r, _)| r).collect()));
        objects.collect::<Vec<(_, _, Vec<_>)>>()
    };
    assert_eq!(pages(&watched), pages(&plain));
}

/// A run that looks for a promotion stands right behind the scavenge that made one.
#[test]
fn a_run_can_halt_where_a_collection_has_just_ended() {
    let source =
        "const kept = []; for (let i = 0; i < 400000; i++) kept.push({ i }); gc(); gc({ type: 'minor' });";
    let mut halted = session(source, SessionConfig::default());
    halted.set_collector_pace(CollectorPace { halts_after: true, ..CollectorPace::default() });
    let mut halts = 0;
    while *halted.state() == RunState::Paused {
        halted.run(10_000);
        let Some(last) = halted.take_collections().pop() else { continue };
        halts += 1;
        assert_eq!(last.at_ns as f64 / 1e6, halted.stats().virtual_ms, "no instruction has run since");
    }
    let mut plain = session(source, SessionConfig::default());
    finish(&mut plain, u64::MAX);
    assert_eq!(halted.stats(), plain.stats(), "the run is the same");
    assert!(halts > 3 && halts == plain.take_collections().len());
    assert!(plain.stats().promoted_bytes > 0);
}

/// A portion is longer than the way from one visit of a line to the next.
#[test]
fn a_breakpoint_holds_the_run_each_time_its_line_begins() {
    let source = "let turns = 0;\nfunction step() {\n  turns += 1;\n  console.log(turns);\n}\n\
                  for (let i = 0; i < 3; i++) {\n  step();\n}\nsetTimeout(step, 10);";
    for (line, visits) in [(3, 4), (7, 3), (9, 1)] {
        let mut held = session(source, SessionConfig::default());
        let mut stops = 0;
        while let (RunState::Paused, true) = held.run_to_lines(&[line], u64::MAX) {
            assert_eq!(held.position().map(|place| place.0), Some(line));
            stops += 1;
        }
        assert_eq!((stops, held.state()), (visits, &RunState::Finished { exit_code: 0 }), "line {line}");
        assert_eq!(output(&mut held), "1\n2\n3\n4\n");
    }
}

/// As debuggers do it: a comment or an empty line stands for what comes next.
#[test]
fn a_breakpoint_where_no_statement_begins_holds_at_the_next_one() {
    let source =
        "let a = 1;\n// a comment\n\na += 1;\nif (a) {\n  // another\n  console.log(a);\n}\n// the end";
    for (line, stop) in [(2, Some(4)), (3, Some(4)), (4, Some(4)), (6, Some(7)), (8, None), (99, None)] {
        let mut held = session(source, SessionConfig::default());
        let (_, is_there) = held.run_to_lines(&[line], u64::MAX);
        assert_eq!(is_there.then(|| held.position().unwrap().0), stop, "line {line}");
    }
}

/// In portions, with WeakMaps, off-heap memory and frames, it is the snapshot that is taken at once, and the run does not notice.
#[test]
fn a_snapshot_in_portions_is_the_one_that_is_taken_at_once() {
    let source = "const map = new WeakMap(), keys = []; globalThis.kept = [];
        for (let i = 0; i < 30000; i++) { const key = { i }; kept.push(key); map.set(key, { of: i }); }
        kept.push(Buffer.alloc(100000), map);
        (function stand() { debugHere(); })(); function debugHere() { throw new Error('here'); }";
    let mut once = session(source, SessionConfig::default());
    once.run_to_lines(&[4], u64::MAX);
    let mut portioned = once.clone();
    let expected = once.take_snapshot().expect("no collection is under way");
    let mut capture = portioned.begin_snapshot().expect("no collection is under way");
    let mut shares = vec![0.0];
    while *shares.last().unwrap() < 1.0 {
        shares.push(portioned.capture_on(&mut capture));
    }
    assert!(shares.len() > 10 && shares.is_sorted(), "{shares:?}");
    let [made, expected] = [capture.finish().unwrap(), expected].map(|graph| {
        let mut file = Vec::new();
        semispace_playground::heap_snapshot::write(&graph, &mut file).unwrap();
        file
    });
    assert!(made == expected);
    assert_eq!(portioned.stats(), once.stats());
}

/// A page that is painted between two steps of a full collection must not take what the last scavenge has left in from-space for objects.
#[test]
fn every_page_can_be_looked_at_between_any_two_steps_of_a_collection() {
    let source = "const all = []; while (true) all.push(new Array(10000).fill(0.5));".to_owned();
    let limits = Limits { max_old_space_mb: Some(32), ..Limits::default() };
    let config = SessionConfig { source, limits, ..SessionConfig::default() };
    let mut session = Session::new(config).unwrap();
    session.set_collector_pace(CollectorPace { steps: 1, halts_before: false, halts_after: false });
    let mut phases = Vec::new();
    while session.run(20_000) == RunState::Paused {
        let heap = session.heap();
        for (page, _) in heap.pages() {
            let words: u64 = heap.residents(page).map(|resident| u64::from(resident.words)).sum();
            assert!(words * 8 <= heap.committed_bytes(), "{page:?} in {:?}", heap.phase());
        }
        phases.push(heap.phase());
    }
    assert!(phases.len() > 100 && phases.contains(&Phase::EvacuateCandidates));
}
