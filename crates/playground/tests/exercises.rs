//! Questions about a session: who keeps the value of an expression, and how high the heap has been.

use semispace_playground::heap_snapshot::paths::best_path;
use semispace_playground::{Answer, NoAnswer, RunState, Session, SessionConfig};

fn session(source: &str) -> Session {
    let config = SessionConfig {
        source: source.to_owned(),
        keep_top_level: true,
        verify_heap: true,
        ..SessionConfig::default()
    };
    Session::new(config).expect("the script compiles")
}

fn finished(source: &str) -> Session {
    let mut session = session(source);
    while session.run(100_000) == RunState::Paused {}
    assert_eq!(session.state(), &RunState::Finished { exit_code: 0 });
    session
}

fn ask(session: &Session, expression: &str) -> Answer {
    session.who_keeps(expression).unwrap_or_else(|problem| panic!("{expression}: {}", problem.message))
}

/// The path in words and the retained bytes; nothing for what a collection frees.
fn keeper(session: &Session, expression: &str) -> Option<(String, u64)> {
    let held = ask(session, expression).held?;
    let node = held.snapshot.graph().node_with_id(held.id).expect("the object is in the snapshot");
    let path = best_path(&held.snapshot, node).expect("a path");
    Some((path.words(&held.snapshot).to_string(), held.snapshot.retained_size(node)))
}

fn check_kept(source: &str, expression: &str, expected: &str) {
    let (words, _) = keeper(&finished(source), expression).unwrap_or_else(|| panic!("{expression} is free"));
    assert_eq!(words, expected, "{expression} after {source}");
}

fn check_free(source: &str, expression: &str) {
    assert_eq!(keeper(&finished(source), expression), None, "{expression} after {source}");
}

#[test]
fn what_a_top_level_variable_holds_is_kept() {
    check_kept(
        "const list = []; list.push({ a: 1 });",
        "list[0]",
        "`list` in module scope -> element 0 -> Object",
    );
    check_kept("let o = { a: { b: [1] } };", "o.a.b", "`o` in module scope -> .a -> .b -> Array");
    let shared = "let cache = new Map([['a', [1, 2]]]); function get(k) { return cache.get(k); }";
    check_kept(shared, "get('a')", "`cache` in module scope -> table -> an entry (8) -> Array");
    check_kept("global.leak = [[7]];", "leak[0]", "global `leak` -> element 0 -> Array");
    check_kept(
        "const o = { list: [] }; setTimeout(() => {}, 5);",
        "o.list",
        "`o` in module scope -> .list -> Array",
    );
}

#[test]
fn what_only_a_weak_reference_or_the_question_holds_is_free() {
    check_free("let o = { a: 1 }; const weak = new WeakRef(o); o = null;", "weak.deref()");
    check_free("const weak = new Map([['a', new WeakRef({})]]);", "weak.get('a').deref()");
    check_free("const make = () => ({ a: 1 });", "make()");
    check_free("const cache = new Map([['a', {}]]); cache.delete('a');", "cache.get('a')");
    check_free(
        "const map = new WeakMap(); let key = {}; map.set(key, { v: 1 }); const w = new WeakRef(map.get(key)); key = null;",
        "w.deref()",
    );
    assert_eq!(ask(&finished("let gone = null;"), "gone").value, "null");
}

#[test]
fn what_a_question_changes_is_gone_with_it() {
    let session = finished("const list = [{}]; let n = 1;");
    let before = session.stats();
    assert!(keeper(&session, "list.length = 0, n = 5, list[0]").is_none());
    assert!(keeper(&session, "list[0]").is_some());
    assert_eq!(session.stats(), before);
}

#[test]
fn sizes_are_those_of_a_snapshot() {
    let session = finished("const list = new Array(1000).fill(0); const all = [list, list];");
    let (_, bytes) = keeper(&session, "list").expect("kept");
    assert!((8016..8200).contains(&bytes), "{bytes}");
    let mut plain = finished("let sum = 0; for (let i = 0; i < 2e5; i++) sum += [i].length;");
    let peak = plain.peak_heap();
    assert!(peak >= plain.stats().heap_used && peak > 1 << 20, "{peak}");
    plain.full_gc();
    assert_eq!(plain.peak_heap(), peak.max(plain.stats().peak_heap_used));
}

/// Between any two statements, and inside calls, loops and collections: an answer, and the run goes on as if nobody had asked.
#[test]
fn a_run_that_is_asked_on_its_way_goes_on_as_before() {
    let source = "const kept = []; let turns = 0;
        function* count() { for (;;) yield kept.length; }
        const counter = count();
        function add(i) { try { kept.push({ i, n: counter.next().value }); if (i % 7 === 0) throw kept; } catch (e) { turns++; } }
        for (let i = 0; i < 20000; i++) add(i);
        setTimeout(() => { for (let i = 0; i < 5000; i++) add(i); console.log(kept.length, turns); }, 5);";
    let whole = finished(source);
    let mut asked = session(source);
    let (mut answers, mut portions) = (0, 0);
    while asked.run(49_999) == RunState::Paused {
        portions += 1;
        answers += u32::from(keeper(&asked, "kept[0]").is_some());
    }
    assert!(portions > 10 && answers == portions, "{answers} answers of {portions}");
    assert_eq!(asked.stats(), whole.stats());
}

fn refusal(source: &str, keep_top_level: bool, expression: &str) -> NoAnswer {
    let config = SessionConfig { source: source.to_owned(), keep_top_level, ..SessionConfig::default() };
    let mut session = Session::new(config).expect("the script compiles");
    while session.run(1_000_000) == RunState::Paused {}
    session.who_keeps(expression).expect_err(expression)
}

#[test]
fn what_is_no_question_is_refused_with_its_reason() {
    let refused =
        |expression: &str| refusal("const list = [1]; function f() { return f(); }", true, expression);
    for (expression, message) in [
        ("list[0]", "The expression gives 1. Ask for an object."),
        ("missing", "The expression throws: ReferenceError: missing is not defined"),
        ("null.x", "The expression throws: TypeError: Cannot read properties of null (reading 'x')"),
        ("process.exit(3)", "The expression ends the process"),
        ("(() => { for (;;); })()", "The expression takes too long"),
        ("f()", "The expression throws: RangeError: Maximum call stack size exceeded"),
    ] {
        assert_eq!(refused(expression).message, message);
    }
    for expression in ["", "let a", "list[", "1); }, function () { (2", "return list", "list; list"] {
        let NoAnswer { message, .. } = refused(expression);
        assert!(message.starts_with("SyntaxError"), "{expression}: {message}");
    }
    let NoAnswer { line, column, .. } = refused("list +\n  ]");
    assert_eq!((line, column), (2, 3));
    let ended = refusal("const list = [{}];", false, "list[0]").message;
    assert!(
        ended.ends_with("The script has ended, and its variables with it: keepTopLevel keeps them"),
        "{ended}"
    );
    assert!(refusal("throw new Error('x');", true, "missing").message.contains("missing is not defined"));
}

#[test]
fn a_full_heap_answers_or_says_why_not() {
    let source = "const all = []; for (;;) all.push({ all });";
    let limits = semispace_playground::Limits { max_old_space_mb: Some(8), ..Default::default() };
    let config = SessionConfig { source: source.to_owned(), limits, ..SessionConfig::default() };
    let mut session = Session::new(config).expect("the script compiles");
    while session.run(1_000_000) == RunState::Paused {}
    assert!(matches!(session.state(), RunState::OutOfMemory(_)));
    match session.who_keeps("all[0]") {
        Ok(answer) => assert!(answer.held.is_some()),
        Err(problem) => assert!(problem.message.contains("more memory than there is"), "{}", problem.message),
    }
}
