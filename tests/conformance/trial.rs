//! Running one test, in sloppy and in strict mode, as `INTERPRETING.md` of test262 asks.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use semispace_heap::{EventMask, HeapConfig, Profile, Recorder, StartUpHeap};
use semispace_script::compiler;
use semispace_script::diagnostic::{Diagnostic, DiagnosticKind};
use semispace_script::vm::{Exit, LoadError, Vm};

use super::metadata::{Metadata, Negative};
use super::selection::out_of_scope;

/// Instructions between two looks at the clock.
const PORTION: u64 = 5_000_000;
/// How long a test may run in each mode.
const TIME: Duration = Duration::from_secs(4);
/// What test262 expects of its host. It has no other realms and no other agents, and a rejection that nobody handles is no
/// failure.
const HOST: &str = "\
process.on('unhandledRejection', () => {});
Object.defineProperty(globalThis, 'print', { value: s => console.log(s), writable: true, configurable: true });
Object.defineProperty(globalThis, '$262', { writable: true, configurable: true, value: {
  global: globalThis, gc,
  detachArrayBuffer(buffer) { structuredClone(buffer, { transfer: [buffer] }) },
  createRealm() { throw new Error('there is one realm') },
} });
";

/// How a test ended.
#[derive(Debug)]
pub enum Verdict {
    /// As it should, in all its modes.
    Passed,
    /// It is out of scope.
    Skipped(&'static str),
    /// Otherwise, and how.
    Failed(String),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Sloppy,
    Strict,
}

/// Where tests are run: a checkout of test262 and a machine that has run nothing yet.
pub struct Laboratory {
    checkout: PathBuf,
    wanted: Vec<String>,
    harness: BTreeMap<String, String>,
    machine: Vm,
}

impl Laboratory {
    /// Reads the harness of the checkout. Tests of the features in `wanted` are run, whatever else is out of scope.
    pub fn new(checkout: PathBuf, wanted: Vec<String>) -> Self {
        let harness = harness_files(&checkout.join("harness"));
        let mut config = HeapConfig::from(Profile::named("node-20").expect("the default profile exists"));
        config.profile.start_up = StartUpHeap::default(); // Each test gets a copy of the machine: keep it small.
        let machine =
            Vm::new(config, Recorder::new(EventMask::NONE, 0), 1).expect("room for built-in objects");
        Self { checkout, wanted, harness, machine }
    }

    /// Runs the test of this name in every mode that it has.
    pub fn try_test(&self, name: &str) -> Verdict {
        let Ok(source) = fs::read_to_string(self.checkout.join("test").join(name)) else {
            return Verdict::Failed("cannot be read as text".to_owned());
        };
        let metadata = Metadata::read(&source);
        if let Some(reason) = out_of_scope(name, &source, &metadata, &self.wanted) {
            return Verdict::Skipped(reason);
        }
        for mode in modes(&metadata) {
            if let Err(why) = self.try_mode(&source, &metadata, mode) {
                let label = if mode == Mode::Strict { "strict: " } else { "" };
                return Verdict::Failed(format!("{label}{why}"));
            }
        }
        Verdict::Passed
    }

    fn try_mode(&self, source: &str, metadata: &Metadata, mode: Mode) -> Result<(), String> {
        let directive = if mode == Mode::Strict { "\"use strict\";\n" } else { "" };
        if let Some(negative) = metadata.negative.as_ref().filter(|negative| negative.phase == "parse") {
            return is_refused(&format!("{directive}{source}"), negative);
        }
        let text = match metadata.has("raw") {
            true => source.to_owned(),
            false => format!("{directive}{HOST}{}\n{source}", self.harness_for(metadata)?),
        };
        let (end, output) = self.run(&text);
        match (&metadata.negative, end) {
            (_, Exit::Paused) => Err("out of time".to_owned()),
            (_, Exit::OutOfMemory(_)) => Err("out of memory".to_owned()),
            (Some(negative), Exit::Failed(error)) => is_of(&error, &negative.constructor),
            (Some(negative), _) => Err(format!("no {} was thrown", negative.constructor)),
            (None, Exit::Failed(error)) => Err(error.message),
            (None, _) if metadata.has("async") => is_complete(&output),
            (None, _) => Ok(()),
        }
    }

    fn harness_for(&self, metadata: &Metadata) -> Result<String, String> {
        let mut names = vec!["assert.js", "sta.js"];
        if metadata.has("async") {
            names.push("doneprintHandle.js");
        }
        names.extend(metadata.includes.iter().map(String::as_str));
        let text = |name: &&str| self.harness.get(*name).cloned().ok_or_else(|| format!("no harness/{name}"));
        Ok(names.iter().map(text).collect::<Result<Vec<_>, _>>()?.join("\n"))
    }

    /// How a script ends, and what it prints.
    fn run(&self, text: &str) -> (Exit, String) {
        let mut vm = self.machine.clone();
        match vm.load_global(text, "test.js") {
            Ok(()) => {}
            Err(LoadError::Source(diagnostic)) => return (Exit::Failed(diagnostic), String::new()),
            Err(LoadError::OutOfMemory(report)) => return (Exit::OutOfMemory(report), String::new()),
        }
        let start = Instant::now();
        let mut exit = vm.run(PORTION);
        while exit == Exit::Paused && start.elapsed() < TIME {
            exit = vm.run(PORTION);
        }
        let output = vm.output.iter().map(|printed| printed.text.as_str()).collect();
        (exit, output)
    }
}

fn modes(metadata: &Metadata) -> Vec<Mode> {
    if metadata.has("onlyStrict") {
        vec![Mode::Strict]
    } else if metadata.has("noStrict") || metadata.has("raw") {
        vec![Mode::Sloppy]
    } else {
        vec![Mode::Sloppy, Mode::Strict]
    }
}

fn harness_files(folder: &std::path::Path) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Ok(text) = fs::read_to_string(entry.path()) {
            files.insert(name, text);
        }
    }
    files
}

/// Whether the source is refused as the error says, before anything runs.
fn is_refused(source: &str, negative: &Negative) -> Result<(), String> {
    match compiler::check_global(source) {
        Err(diagnostic) if diagnostic.kind == DiagnosticKind::Syntax => {
            is_of(&diagnostic, &negative.constructor)
        }
        Err(diagnostic) => Err(diagnostic.message),
        Ok(()) => Err(format!("no {} while parsing", negative.constructor)),
    }
}

/// Whether an error was made by this constructor.
fn is_of(error: &Diagnostic, constructor: &str) -> Result<(), String> {
    let message = error.message.trim_start_matches("Uncaught ");
    let found = message.starts_with(constructor);
    found.then_some(()).ok_or_else(|| format!("expected {constructor}, got {message}"))
}

/// Whether an asynchronous test has said that it is done.
fn is_complete(output: &str) -> Result<(), String> {
    match output.lines().find(|line| line.starts_with("Test262:")) {
        Some("Test262:AsyncTestComplete") => Ok(()),
        Some(line) => Err(line.to_owned()),
        None => Err("the asynchronous test never said that it is done".to_owned()),
    }
}
