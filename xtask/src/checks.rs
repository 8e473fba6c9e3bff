//! Everything that CI runs, stage by stage, each with its time, and one line of totals at the end.

use crate::browser::{self, Browser};
use crate::run::{cargo, command, root, show};
use crate::site::{self, Flavour};
use crate::{TestArgs, arrows, package, setup};
use anyhow::{Context, Result, bail};
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Instant;

const WASM: &str = "wasm32-unknown-unknown";
/// Crates that only make sense in a browser: checked and tested for wasm, not for this machine.
const BROWSER_CRATES: [&str; 2] = ["semispace-ui", "semispace-wasm"];

/// Tests that ran in a stage.
#[derive(Clone, Copy, Default)]
struct Tally {
    passed: u64,
    failed: u64,
    ignored: u64,
}

type Stage = (&'static str, fn(&Browser) -> Result<Tally>);

const STAGES: [Stage; 8] = [
    ("format", |_| checked(show(cargo().args(["fmt", "--all", "--check"])))),
    ("arrows", |_| checked(arrows::check())),
    ("clippy", |_| checked(clippy())),
    ("native tests", |_| native_tests()),
    ("doc tests", |_| doc_tests()),
    ("rustdoc", |_| checked(rustdoc())),
    ("wasm tests", wasm_tests),
    ("end to end", end_to_end),
];

/// Runs the stages that `args` selects; a failed stage does not stop the later ones.
pub fn run_all(args: &TestArgs) -> Result<()> {
    let started = Instant::now();
    setup::for_tests()?;
    let browser = browser::find_or_install()?;
    println!("stage set-up: {}", seconds(started));
    let mut total = Tally::default();
    let mut broken = Vec::new();
    for (name, run) in STAGES.into_iter().filter(|(name, _)| is_selected(args, name)) {
        println!("\nstage {name} ...");
        let start = Instant::now();
        let verdict = match run(&browser) {
            Ok(tally) => {
                total = total.plus(tally);
                if tally.failed == 0 { "ok" } else { "FAILED" }
            }
            Err(error) => {
                println!("{error:#}");
                "FAILED"
            }
        };
        if verdict == "FAILED" {
            broken.push(name);
        }
        println!("stage {name}: {verdict}, {}", seconds(start));
    }
    let (verdict, time) = (if broken.is_empty() { "ok" } else { "FAILED" }, seconds(started));
    let Tally { passed, failed, ignored } = total;
    println!(
        "\ntest result: {verdict}. {passed} passed; {failed} failed; {ignored} ignored; finished in {time}"
    );
    if broken.is_empty() { Ok(()) } else { bail!("failed stages: {}", broken.join(", ")) }
}

fn is_selected(args: &TestArgs, name: &str) -> bool {
    args.stages.is_empty() || args.stages.iter().any(|word| name.contains(word.as_str()))
}

fn seconds(start: Instant) -> String {
    format!("{:.1} s", start.elapsed().as_secs_f64())
}

fn clippy() -> Result<()> {
    let deny = ["--all-targets", "--", "-D", "warnings"];
    show(cargo().arg("clippy").args(native_packages()).args(deny))?;
    show(cargo().args(["clippy", "--target", WASM]).args(browser_packages()).args(deny))
}

fn native_tests() -> Result<Tally> {
    count(cargo().args(["test", "--profile", "quick", "--no-fail-fast"]).args(native_packages()).args([
        "--lib",
        "--bins",
        "--tests",
        "--examples",
    ]))
}

fn doc_tests() -> Result<Tally> {
    count(cargo().args(["test", "--profile", "quick", "--doc"]).args(native_packages()))
}

/// Private items are documented too, so links to them lead somewhere.
fn rustdoc() -> Result<()> {
    let doc = || {
        let mut doc = cargo();
        doc.args(["doc", "--no-deps", "--document-private-items"])
            .env("RUSTDOCFLAGS", "-D warnings -A rustdoc::private_intra_doc_links");
        doc
    };
    show(doc().args(native_packages()))?;
    show(doc().args(["--target", WASM]).args(browser_packages()))
}

/// Each crate on its own: together they would have other features than the site's build has, and more would be compiled twice.
fn wasm_tests(browser: &Browser) -> Result<Tally> {
    BROWSER_CRATES
        .into_iter()
        .try_fold(Tally::default(), |sum, name| Ok(sum.plus(wasm_tests_of(name, browser)?)))
}

fn wasm_tests_of(name: &str, browser: &Browser) -> Result<Tally> {
    let mut test = cargo();
    test.args([
        "test",
        "--profile",
        "quick",
        "--target",
        WASM,
        "--no-fail-fast",
        "--lib",
        "--tests",
        "--package",
        name,
    ])
    .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner")
    .env("WASM_BINDGEN_USE_BROWSER", "1");
    let is_edge = browser.driver.file_stem().is_some_and(|name| name == "msedgedriver");
    test.env(if is_edge { "MSEDGEDRIVER" } else { "CHROMEDRIVER" }, &browser.driver);
    count(&mut test)
}

fn end_to_end(browser: &Browser) -> Result<Tally> {
    let site = site::build(Flavour::Quick)?;
    let package = package::build(Flavour::Quick)?;
    show(cargo().args(["build", "--profile", "quick", "--package", "semispace"]))?;
    let book = ["--package", "mdbook-semispace", "--bins", "--examples"];
    show(cargo().args(["build", "--profile", "quick"]).args(book))?;
    let program = format!("target/quick/semispace{}", std::env::consts::EXE_SUFFIX);
    count(
        command("node")
            .args(["--test", "--test-reporter=tap", "--test-concurrency=2"])
            .args(test_files()?)
            .env("SEMISPACE_SITE", site)
            .env("SEMISPACE_PACKAGE", package.folder)
            .env("SEMISPACE_TARBALL", package.tarball)
            .env("SEMISPACE_PROGRAM", root().join(program))
            .env("CHROME_PATH", &browser.chrome),
    )
}

/// Each file by its name: older Nodes do not expand patterns themselves.
fn test_files() -> Result<Vec<std::path::PathBuf>> {
    let entries = std::fs::read_dir(root().join("tests/e2e")).context("cannot read tests/e2e")?;
    let mut files: Vec<_> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.retain(|path| path.to_string_lossy().ends_with(".test.js"));
    files.sort();
    Ok(files)
}

fn native_packages() -> impl Iterator<Item = &'static str> {
    std::iter::once("--workspace").chain(BROWSER_CRATES.into_iter().flat_map(|name| ["--exclude", name]))
}

fn browser_packages() -> impl Iterator<Item = &'static str> {
    BROWSER_CRATES.into_iter().flat_map(|name| ["--package", name])
}

/// A stage that has no tests to count.
fn checked(result: Result<()>) -> Result<Tally> {
    result.map(|()| Tally::default())
}

/// Runs a test command, shows what it prints and counts its tests.
fn count(command: &mut Command) -> Result<Tally> {
    let mut child = command.stdout(Stdio::piped()).spawn().context("cannot start the tests")?;
    let stdout = child.stdout.take().context("the tests have no output")?;
    let mut tally = Tally::default();
    for line in BufReader::new(stdout).lines() {
        let line = line.context("cannot read the tests' output")?;
        println!("{line}");
        tally = tally.plus(Tally::of_line(&line));
    }
    let status = child.wait().context("lost the tests")?;
    if !status.success() && tally.failed == 0 {
        bail!("the tests stopped ({status})");
    }
    Ok(tally)
}

impl Tally {
    /// Reads the totals that cargo (`test result: ok. 3 passed; 0 failed; ...`) and Node's test runner
    /// (`# pass 3`) print.
    fn of_line(line: &str) -> Self {
        if line.starts_with("test result:") {
            let number = |label| before(line, label).unwrap_or(0);
            return Self {
                passed: number(" passed"),
                failed: number(" failed"),
                ignored: number(" ignored"),
            };
        }
        let number = |label| line.strip_prefix(label).and_then(|rest| rest.trim().parse().ok()).unwrap_or(0);
        Self { passed: number("# pass "), failed: number("# fail "), ignored: number("# skipped ") }
    }

    fn plus(self, other: Self) -> Self {
        Self {
            passed: self.passed + other.passed,
            failed: self.failed + other.failed,
            ignored: self.ignored + other.ignored,
        }
    }
}

/// The number that stands directly before `label`.
fn before(line: &str, label: &str) -> Option<u64> {
    let (head, _) = line.split_once(label)?;
    head.rsplit(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::Tally;

    fn check(line: &str, expect: [u64; 3]) {
        let Tally { passed, failed, ignored } = Tally::of_line(line);
        assert_eq!([passed, failed, ignored], expect, "{line}");
    }

    #[test]
    fn counts_tests_in_both_runners_output() {
        check("test result: ok. 12 passed; 1 failed; 2 ignored; 0 measured; 0 filtered out", [12, 1, 2]);
        check("test result: ok. 4 passed; 0 failed; 0 ignored; 0 filtered out; finished in 0.02s", [4, 0, 0]);
        check("# pass 5", [5, 0, 0]);
        check("# fail 2", [0, 2, 0]);
        check("running 3 tests", [0, 0, 0]);
    }
}
