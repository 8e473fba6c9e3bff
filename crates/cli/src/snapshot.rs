//! `semispace snapshot`: what is in a heap snapshot, what changed between two, what leaks over three, who keeps what.

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use clap::{Args, Subcommand};
use semispace_snapshot::detached::detached_nodes;
use semispace_snapshot::leaks::{LeakOptions, find_leaks};
use semispace_snapshot::paths::{best_path, distinct_paths};
use semispace_snapshot::{Graph, NodeIndex, ReadError, Snapshot, compare, groups};

use crate::BAD_USAGE;
use crate::snapshot_report as report;

/// Exit code for a leak above the limit.
const LEAKS: u8 = 1;
/// Work shorter than this shows no progress.
const PATIENCE: Duration = Duration::from_millis(300);

/// What to look for.
#[derive(Debug, Subcommand)]
pub enum SnapshotCommand {
    /// What is in a snapshot: objects by constructor, largest retained size first
    Summary {
        /// The .heapsnapshot file
        file: PathBuf,
        #[command(flatten)]
        output: Output,
    },
    /// What is new and what is gone between two snapshots of one process
    Diff {
        /// The first snapshot
        before: PathBuf,
        /// The second
        after: PathBuf,
        #[command(flatten)]
        output: Output,
    },
    /// What came between the first two snapshots and is still there in the third, and what keeps it
    Leaks(LeaksOptions),
    /// By what paths the roots keep one object
    Retainers {
        /// The .heapsnapshot file
        file: PathBuf,
        /// The object, as DevTools shows it: @4711
        #[arg(value_name = "@ID", value_parser = object_id)]
        id: u64,
        #[command(flatten)]
        output: Output,
    },
}

/// How to show what was found.
#[derive(Args, Clone, Copy, Debug)]
pub struct Output {
    /// As one JSON object
    #[arg(long)]
    pub json: bool,
    /// How many lines (groups, classes or paths) to show; all of them in JSON unless it is given
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
}

/// Which snapshots to compare for leaks.
#[derive(Args, Debug)]
pub struct LeaksOptions {
    /// The snapshot before
    pub baseline: PathBuf,
    /// The snapshot after the action that may leak
    pub target: PathBuf,
    /// A snapshot after the action was done once more, or undone
    #[arg(value_name = "FINAL")]
    pub last: Option<PathBuf>,
    #[command(flatten)]
    pub output: Output,
    /// How often the action was done between the first two snapshots: what grows with it is a leak
    #[arg(long, value_name = "N")]
    pub repetitions: Option<u32>,
    /// Exit with code 1 if what leaks retains at least so many bytes. What grew only once does not count
    #[arg(long, value_name = "N")]
    pub fail_on_leak_bytes: Option<u64>,
}

fn object_id(text: &str) -> Result<u64, String> {
    let digits = text.strip_prefix('@').unwrap_or(text);
    digits.parse().map_err(|_| format!("'{text}' is no id; write it as DevTools does: @4711"))
}

/// Does what was asked for.
pub fn run(command: &SnapshotCommand) -> ExitCode {
    let done = match command {
        SnapshotCommand::Summary { file, output } => summary(file, *output),
        SnapshotCommand::Diff { before, after, output } => diff(before, after, *output),
        SnapshotCommand::Leaks(options) => leaks(options),
        SnapshotCommand::Retainers { file, id, output } => retainers(file, *id, *output),
    };
    done.unwrap_or_else(|message| {
        eprintln!("semispace: {message}");
        ExitCode::from(BAD_USAGE)
    })
}

/// Writes a session's heap to a file.
pub fn write(graph: &Graph, target: &Path) -> std::io::Result<()> {
    semispace_snapshot::write(graph, File::create(target)?)
}

type Done = Result<ExitCode, String>;

fn summary(file: &Path, output: Output) -> Done {
    let snapshot = load(file)?;
    let groups = groups::groups(&snapshot);
    if output.json {
        return print(&report::summary_json(&snapshot, &groups, output.top));
    }
    let duplicates = groups::duplicate_strings(&snapshot);
    let detached = detached_nodes(snapshot.graph());
    let statistics = groups::statistics(&snapshot);
    print(&report::summary(&snapshot, &groups, &statistics, &duplicates, &detached, output.top))
}

fn diff(before: &Path, after: &Path, output: Output) -> Done {
    let (before, after) = (load(before)?, load(after)?);
    let changes = compare::compare(&before, &after);
    if output.json {
        return print(&report::diff_json(&before, &after, &changes, output.top));
    }
    print(&report::diff(&before, &after, &changes, output.top))
}

fn leaks(options: &LeaksOptions) -> Done {
    let (baseline, target) = (load(&options.baseline)?, load(&options.target)?);
    let last = options.last.as_deref().map(load).transpose()?;
    let snapshot = last.as_ref().unwrap_or(&target);
    let found =
        find_leaks(&baseline, &target, last.as_ref(), LeakOptions { repetitions: options.repetitions });
    if options.output.json {
        print(&report::leaks_json(snapshot, &found, options.output.top))?;
    } else {
        print(&report::leaks(snapshot, &found, options.output.top))?;
    }
    let above = options.fail_on_leak_bytes.is_some_and(|limit| found.suspect_size >= limit.max(1));
    if above {
        eprintln!("semispace: what leaks retains {} bytes (--fail-on-leak-bytes)", found.suspect_size);
    }
    Ok(if above { ExitCode::from(LEAKS) } else { ExitCode::SUCCESS })
}

fn retainers(file: &Path, id: u64, output: Output) -> Done {
    const PATHS: usize = 5;
    let snapshot = load(file)?;
    let node: NodeIndex =
        snapshot.graph().node_with_id(id).ok_or_else(|| format!("{} has no object @{id}", file.display()))?;
    let mut paths: Vec<_> = best_path(&snapshot, node).into_iter().collect();
    for path in distinct_paths(&snapshot, node, output.top.unwrap_or(PATHS)) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    paths.truncate(output.top.unwrap_or(PATHS).max(1));
    if output.json {
        return print(&report::retainers_json(&snapshot, node, &paths));
    }
    print(&report::retainers(&snapshot, node, &paths))
}

fn print(text: &str) -> Done {
    // A reader that has gone away is no error of ours.
    let _ = std::io::stdout().write_all(text.as_bytes());
    Ok(ExitCode::SUCCESS)
}

/// Reads and analyses a file, with progress on a terminal when it takes long.
fn load(file: &Path) -> Result<Snapshot, String> {
    let cannot = |error: &dyn std::fmt::Display| format!("cannot read {}: {error}", file.display());
    let source = File::open(file).map_err(|error| cannot(&error))?;
    let size = source.metadata().ok().map(|data| data.len()).filter(|&size| size > 0);
    let mut progress = Progress::new(file, size);
    let graph = semispace_snapshot::read_with(source, size, |bytes| {
        progress.show(bytes);
        ControlFlow::Continue(())
    });
    progress.clear();
    let graph = graph.map_err(|error: ReadError| cannot(&error))?;
    Ok(Snapshot::new(graph))
}

/// A line on the terminal that says how far reading has come.
struct Progress<'f> {
    file: &'f Path,
    size: Option<u64>,
    start: Instant,
    shown: Option<u64>,
}

impl<'f> Progress<'f> {
    fn new(file: &'f Path, size: Option<u64>) -> Self {
        Self { file, size, start: Instant::now(), shown: None }
    }

    fn show(&mut self, bytes: u64) {
        let Some(size) = self.size else { return };
        let percent = bytes * 100 / size.max(1);
        if self.start.elapsed() > PATIENCE && self.shown != Some(percent) && std::io::stderr().is_terminal() {
            eprint!("\rreading {}: {percent} %", self.file.display());
            self.shown = Some(percent);
        }
    }

    fn clear(&self) {
        if self.shown.is_some() {
            eprint!("\r\x1b[K");
        }
    }
}
