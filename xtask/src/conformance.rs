//! `cargo xtask conformance`: a local checkout of test262 over our engine.
//!
//! Each test runs in a worker process (`tests/conformance`), so that neither a crash nor a hang ends the run: a worker
//! that dies is a crash of the test that it was running, one that does not answer in time is ended and is a hang. Which
//! tests fail is compared with `tests/conformance/expected-failures.txt`, where a test is a name and nothing more.

use crate::ConformanceArgs;
use crate::run::{cargo, root, show};
use anyhow::{Context, Result, bail};
use std::collections::{BTreeMap, BTreeSet};
use std::env::consts::EXE_SUFFIX;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::Duration;
use std::{fs, thread};

/// The folders of test262 that are run when none is named.
const FOLDERS: [&str; 2] = ["language", "built-ins"];
const EXPECTED: &str = "tests/conformance/expected-failures.txt";
/// What a test may take, both of its modes together; the worker itself gives up earlier where it can.
const PATIENCE: Duration = Duration::from_secs(10);

/// How a test ended.
enum Verdict {
    Passed,
    Skipped(String),
    Failed(String),
    Crashed,
    Hung,
}

type Results = BTreeMap<String, Verdict>;

/// Runs the tests, prints the summary, and fails where the failures are not those that are expected.
pub fn run(args: &ConformanceArgs) -> Result<()> {
    let checkout = args.checkout.canonicalize().context("the checkout of test262")?;
    let names = names(&checkout, args.folder.as_deref())?;
    show(cargo().args([
        "build",
        "--profile",
        "quick",
        "--package",
        "semispace-tests",
        "--bin",
        "conformance",
    ]))?;
    let results = run_all(&names, &checkout, args);
    print_skipped(&results);
    print_folders(&results);
    if args.failures {
        print_failures(&results);
    }
    if args.update {
        return write_expected(&results);
    }
    compare(&results)
}

/// The names of all tests of a folder, in order.
fn names(checkout: &Path, folder: Option<&str>) -> Result<Vec<String>> {
    let tests = checkout.join("test");
    if !tests.is_dir() {
        bail!("{} has no folder `test`: it is no checkout of test262", checkout.display());
    }
    let mut files = Vec::new();
    for folder in folder.map_or(FOLDERS.to_vec(), |folder| vec![folder.trim_start_matches("test/")]) {
        collect(&tests.join(folder), &mut files).with_context(|| format!("the folder {folder}"))?;
    }
    let name = |file: PathBuf| Some(file.strip_prefix(&tests).ok()?.to_str()?.replace('\\', "/"));
    let mut names: Vec<String> = files.into_iter().filter_map(name).collect();
    names.retain(|name| name.ends_with(".js") && !name.contains("_FIXTURE"));
    names.sort();
    Ok(names)
}

fn collect(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(fs::canonicalize(path)?);
        return Ok(());
    }
    for entry in fs::read_dir(path)? {
        collect(&entry?.path(), files)?;
    }
    Ok(())
}

/// Hands the tests out to as many workers as there are jobs.
fn run_all(names: &[String], checkout: &Path, args: &ConformanceArgs) -> Results {
    let next = AtomicUsize::new(0);
    let job = || {
        let mut results = Results::new();
        let mut worker = None;
        while let Some(name) = names.get(next.fetch_add(1, Ordering::Relaxed)) {
            let verdict = try_test(&mut worker, name, checkout, &args.with);
            results.insert(name.clone(), verdict);
        }
        results
    };
    thread::scope(|scope| {
        let jobs: Vec<_> = (0..args.jobs.max(1)).map(|_| scope.spawn(job)).collect();
        jobs.into_iter().filter_map(|job| job.join().ok()).flatten().collect()
    })
}

/// A process that runs tests, and the lines that it answers with.
struct Worker {
    process: Child,
    names: ChildStdin,
    answers: Receiver<String>,
}

impl Worker {
    fn start(checkout: &Path, features: &[String]) -> Result<Self> {
        let mut command = Command::new(root().join(format!("target/quick/conformance{EXE_SUFFIX}")));
        command.arg(checkout).args(features);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn()?;
        let names = process.stdin.take().context("no standard input")?;
        let output = process.stdout.take().context("no standard output")?;
        let (sender, answers) = mpsc::channel();
        thread::spawn(move || {
            let lines = BufReader::new(output).lines().map_while(std::result::Result::ok);
            lines.take_while(|line| sender.send(line.clone()).is_ok()).for_each(drop);
        });
        Ok(Self { process, names, answers })
    }

    fn ask(&mut self, name: &str) -> Verdict {
        if writeln!(self.names, "{name}").is_err() {
            return Verdict::Crashed;
        }
        match self.answers.recv_timeout(PATIENCE) {
            Ok(line) => match line.split_once('\t') {
                Some(("skipped", reason)) => Verdict::Skipped(reason.to_owned()),
                Some((_, why)) => Verdict::Failed(why.to_owned()),
                None => Verdict::Passed,
            },
            Err(RecvTimeoutError::Timeout) => Verdict::Hung,
            Err(RecvTimeoutError::Disconnected) => Verdict::Crashed,
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// One test on the worker, which is started when there is none and given up when it did not survive.
fn try_test(worker: &mut Option<Worker>, name: &str, checkout: &Path, features: &[String]) -> Verdict {
    if worker.is_none() {
        match Worker::start(checkout, features) {
            Ok(started) => *worker = Some(started),
            Err(error) => return Verdict::Failed(format!("the worker does not start: {error:#}")),
        }
    }
    let verdict = worker.as_mut().map_or(Verdict::Crashed, |worker| worker.ask(name));
    if matches!(verdict, Verdict::Crashed | Verdict::Hung) {
        eprintln!("{}: {name}", complaint(&verdict).unwrap_or_default());
        *worker = None;
    }
    verdict
}

/// Tests of a folder by how they ended.
#[derive(Default)]
struct Count {
    passed: usize,
    failed: usize,
    skipped: usize,
    crashed: usize,
    hung: usize,
}

impl Count {
    fn add(&mut self, verdict: &Verdict) {
        match verdict {
            Verdict::Passed => self.passed += 1,
            Verdict::Failed(_) => self.failed += 1,
            Verdict::Skipped(_) => self.skipped += 1,
            Verdict::Crashed => self.crashed += 1,
            Verdict::Hung => self.hung += 1,
        }
    }

    fn print(&self, folder: &str) {
        let run = self.passed + self.failed + self.crashed + self.hung;
        let percent =
            if run == 0 { "-".to_owned() } else { format!("{:.1}", 100.0 * self.passed as f64 / run as f64) };
        let Self { passed, failed, crashed, hung, skipped } = self;
        println!("{folder:<40} {passed:>6} {failed:>6} {crashed:>7} {hung:>5} {skipped:>7} {percent:>6}");
    }
}

fn print_skipped(results: &Results) {
    let mut reasons = BTreeMap::<&str, usize>::new();
    for verdict in results.values() {
        if let Verdict::Skipped(reason) = verdict {
            *reasons.entry(reason).or_default() += 1;
        }
    }
    println!("\nSkipped, as out of scope:");
    for (reason, count) in reasons {
        println!("{count:>8}  {reason}");
    }
}

fn print_folders(results: &Results) {
    let mut inner = BTreeMap::<String, Count>::new();
    let mut outer = BTreeMap::<String, Count>::new();
    for (name, verdict) in results {
        let parts: Vec<&str> = name.split('/').collect();
        inner.entry(parts[..parts.len().min(3) - 1].join("/")).or_default().add(verdict);
        outer.entry(parts[0].to_owned()).or_default().add(verdict);
    }
    println!("\n{:<40} passed failed crashed  hung skipped      %", "Folder");
    for (folder, count) in inner.iter().chain(outer.iter()) {
        count.print(folder);
    }
}

fn print_failures(results: &Results) {
    println!();
    for (name, why) in results.iter().filter_map(|(name, verdict)| Some((name, complaint(verdict)?))) {
        println!("{name}: {why}");
    }
}

/// What is wrong with a test, if it is wrong.
fn complaint(verdict: &Verdict) -> Option<&str> {
    match verdict {
        Verdict::Passed | Verdict::Skipped(_) => None,
        Verdict::Failed(why) => Some(why),
        Verdict::Crashed => Some("CRASH"),
        Verdict::Hung => Some("HANG"),
    }
}

/// The expected failures: one name a line; `#` begins a comment.
fn read_expected() -> Result<BTreeSet<String>> {
    let text = fs::read_to_string(root().join(EXPECTED)).with_context(|| EXPECTED.to_owned())?;
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    Ok(lines.map(str::to_owned).collect())
}

/// Replaces what the list says of the tests that were run; of others it keeps what it has.
fn write_expected(results: &Results) -> Result<()> {
    let mut expected = read_expected().unwrap_or_default();
    expected.retain(|name| !results.contains_key(name));
    let fails = |verdict: &Verdict| complaint(verdict).is_some();
    expected.extend(results.iter().filter(|(_, verdict)| fails(verdict)).map(|(name, _)| name.clone()));
    let names: String = expected.iter().map(|name| format!("{name}\n")).collect();
    let head = "# Tests of test262 that the engine does not pass, written by `cargo xtask conformance PATH --update`.\n";
    fs::write(root().join(EXPECTED), format!("{head}{names}"))?;
    println!("\n{} expected failures in {EXPECTED}", expected.len());
    Ok(())
}

/// Says which tests fail or pass that did not before. A crash or a hang is never expected.
fn compare(results: &Results) -> Result<()> {
    let expected = read_expected()?;
    let (mut worse, mut better) = (Vec::new(), Vec::new());
    for (name, verdict) in results {
        let dire = matches!(verdict, Verdict::Crashed | Verdict::Hung);
        match (complaint(verdict), expected.contains(name)) {
            (Some(why), known) if dire || !known => worse.push(format!("{name}: {why}")),
            (None, true) if matches!(verdict, Verdict::Passed) => better.push(name.as_str()),
            _ => {}
        }
    }
    if !better.is_empty() {
        println!(
            "\n{} tests pass that were expected to fail (--update takes them off the list):",
            better.len()
        );
        println!("{}", better.join("\n"));
    }
    if !worse.is_empty() {
        bail!("{} tests fail that did not before:\n{}", worse.len(), worse.join("\n"));
    }
    Ok(())
}
