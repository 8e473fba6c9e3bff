//! Runs the script corpus: every case as it is, and with a collection at each allocation and the heap verified.

use std::num::NonZero;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use semispace_heap::{EventMask, HeapConfig, Profile, Recorder};
use semispace_script::vm::{Exit, LoadError, Stream, Vm};
use semispace_tests::{Case, ExpectedEnd, load_cases, load_not_yet};

/// Instructions that a case may take.
const BUDGET: u64 = 200_000_000;
/// Instructions under stress: longer cases are only run in part.
const STRESS_BUDGET: u64 = 20_000;
/// Under stress, every so many allocations collect; `STRESS=25` in the environment is a quicker look.
const STRESS_INTERVAL: u32 = 1;

/// How the collector is driven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mode {
    Plain,
    Stress,
}

/// What a script printed and how it ended.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    output: String,
    end: ExpectedEnd,
    out_of_budget: bool,
}

fn config(mode: Mode) -> HeapConfig {
    let mut config = HeapConfig::from(Profile::named("node-20").expect("the default profile exists"));
    if mode == Mode::Stress {
        let interval = std::env::var("STRESS").ok().and_then(|text| text.parse().ok());
        config.stress_gc = Some(interval.unwrap_or(STRESS_INTERVAL));
        config.verify = true;
        config.poison = true;
    }
    config
}

fn run(input: &str, mode: Mode) -> Outcome {
    let mut vm =
        Vm::new(config(mode), Recorder::new(EventMask::NONE, 0), 1).expect("room for the built-in objects");
    let mut outcome = Outcome::default();
    let failed = |diagnostic: semispace_script::diagnostic::Diagnostic| ExpectedEnd {
        exit: 1,
        line: Some(diagnostic.line),
        message: diagnostic.message,
    };
    match vm.load(input, "input.js") {
        Ok(()) => {}
        Err(LoadError::Source(diagnostic)) => {
            outcome.end = failed(diagnostic);
            return outcome;
        }
        Err(error) => panic!("{error:?}"),
    }
    let budget = if mode == Mode::Stress { STRESS_BUDGET } else { BUDGET };
    let exit = vm.run(budget);
    outcome.output = vm
        .output
        .iter()
        .filter(|printed| printed.stream == Stream::Stdout)
        .map(|printed| printed.text.as_str())
        .collect();
    match exit {
        Exit::Finished => {}
        Exit::Exited(code) => outcome.end.exit = code,
        Exit::Failed(diagnostic) => outcome.end = failed(diagnostic),
        Exit::Paused => outcome.out_of_budget = true,
        Exit::OutOfMemory(error) => {
            outcome.end = ExpectedEnd { exit: 134, line: None, message: format!("{error:?}") }
        }
    }
    outcome
}

/// What is wrong with a case, if anything.
fn check(case: &Case, mode: Mode) -> Result<(), String> {
    let outcome =
        catch_unwind(AssertUnwindSafe(|| run(&case.input, mode))).map_err(|_| "panic".to_owned())?;
    if outcome.out_of_budget {
        let so_far = mode == Mode::Stress && case.output.starts_with(&outcome.output);
        return if so_far { Ok(()) } else { Err("out of budget".to_owned()) };
    }
    if outcome.output != case.output {
        return Err(first_difference(&outcome, &case.output));
    }
    let (end, expected) = (&outcome.end, &case.end);
    let line_agrees = expected.line.is_none() || expected.line == end.line;
    if end.exit == expected.exit && line_agrees && end.message.contains(&expected.message) {
        return Ok(());
    }
    Err(format!("ended with {end:?}, expected {expected:?}"))
}

fn first_difference(outcome: &Outcome, expected: &str) -> String {
    let mut pairs = outcome.output.lines().zip(expected.lines()).enumerate();
    let end = if outcome.end == ExpectedEnd::default() {
        String::new()
    } else {
        format!("; ended {:?}", outcome.end)
    };
    match pairs.find(|(_, (found, wanted))| found != wanted) {
        Some((line, (found, wanted))) => format!("line {}: `{found}` for `{wanted}`{end}", line + 1),
        None => format!("{} lines for {}{end}", outcome.output.lines().count(), expected.lines().count()),
    }
}

fn check_all(mode: Mode) {
    let cases = load_cases().expect("the corpus is readable");
    let not_yet = load_not_yet().expect("the list is readable");
    let only = std::env::var("CASE").unwrap_or_default();
    let complaint = |case: &Case| match (check(case, mode), not_yet.contains(&case.name)) {
        (Err(complaint), false) => Some(format!("{}: {complaint}", case.name)),
        (Ok(()), true) if mode == Mode::Plain => {
            Some(format!("{}: passes; take it off not-yet.txt", case.name))
        }
        _ => None,
    };
    let mut complaints =
        on_every_processor(&cases, |case| if case.name.contains(&only) { complaint(case) } else { None });
    complaints.sort();
    assert!(
        complaints.is_empty(),
        "{} of {} cases:\n{}",
        complaints.len(),
        cases.len(),
        complaints.join("\n")
    );
}

/// What `of` says about any of the items, each processor taking the next one as it becomes free.
fn on_every_processor<T: Sync, R: Send>(items: &[T], of: impl Fn(&T) -> Option<R> + Sync) -> Vec<R> {
    let (next, found) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, NonZero::get) {
            scope.spawn(|| {
                while let Some(item) = items.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let answer = of(item);
                    found.lock().expect("no thread panics").extend(answer);
                }
            });
        }
    });
    found.into_inner().expect("no thread panics")
}

#[test]
fn cases_print_what_node_prints() {
    check_all(Mode::Plain);
}

/// Whatever a loop's condition compares: the run must come back when its budget is spent.
#[test]
fn endless_loops_are_paused() {
    for loops in [
        "while (true) {}",
        "let i = 0.5; while (i < 1e300) i += 0.25",
        "for (let i = 3e9; i < 9007199254740991; i++) {}",
        "let s = 'b'; do {} while (s > 'a')",
        "let n = 1n; do { n = 2n } while (n > 1n)",
        "const o = { valueOf() { return 5 } }; while (o > 3) {}",
        "let s = 'x'; while (s) {}",
        "[].concat({ length: 2 ** 53 - 1, [Symbol.isConcatSpreadable]: true })",
        "for (const x of { [Symbol.iterator]() { return { next() { return { done: false } } } } }) {}",
    ] {
        let mut vm = Vm::new(config(Mode::Plain), Recorder::new(EventMask::NONE, 0), 1).expect("room");
        vm.load(loops, "input.js").expect("it compiles");
        assert_eq!(vm.run(300_000), Exit::Paused, "{loops}");
        assert_eq!(vm.run(300_000), Exit::Paused, "{loops}");
    }
}

#[test]
fn cases_survive_a_collection_at_every_allocation() {
    check_all(Mode::Stress);
}
