//! `semispace snapshot`: what is in a heap snapshot, what changed between two, what leaks over three, who keeps what.

use std::fs::File;
use std::io::Write;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use semispace_snapshot::detached::detached_nodes;
use semispace_snapshot::leaks::{LeakOptions, find_leaks};
use semispace_snapshot::paths::{best_path, distinct_paths};
use semispace_snapshot::{Graph, NodeIndex, ReadError, Snapshot, compare, groups};

use crate::BAD_USAGE;
use crate::progress::Progress;
use crate::snapshot_report as report;

/// Exit code for a leak above the limit.
const LEAKS: u8 = 1;

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
    /// Say on standard error how far the work has come, even if that is no terminal
    #[arg(long)]
    pub progress: bool,
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
    let mut progress = Progress::new(output.progress);
    let snapshot = load(file, &mut progress)?;
    progress.step("grouping by constructor");
    let groups = groups::groups(&snapshot);
    if output.json {
        drop(progress);
        return print(&report::summary_json(&snapshot, &groups, output.top));
    }
    let duplicates = groups::duplicate_strings(&snapshot);
    let detached = detached_nodes(snapshot.graph());
    let statistics = groups::statistics(&snapshot);
    drop(progress);
    print(&report::summary(&snapshot, &groups, &statistics, &duplicates, &detached, output.top))
}

fn diff(before: &Path, after: &Path, output: Output) -> Done {
    let mut progress = Progress::new(output.progress);
    let (before, after) = (load(before, &mut progress)?, load(after, &mut progress)?);
    progress.step("comparing");
    let changes = compare::compare(&before, &after);
    drop(progress);
    if output.json {
        return print(&report::diff_json(&before, &after, &changes, output.top));
    }
    print(&report::diff(&before, &after, &changes, output.top))
}

fn leaks(options: &LeaksOptions) -> Done {
    let mut progress = Progress::new(options.output.progress);
    let baseline = load(&options.baseline, &mut progress)?;
    let target = load(&options.target, &mut progress)?;
    let last = options.last.as_deref().map(|file| load(file, &mut progress)).transpose()?;
    progress.step("looking for what came and stayed");
    let snapshot = last.as_ref().unwrap_or(&target);
    let found =
        find_leaks(&baseline, &target, last.as_ref(), LeakOptions { repetitions: options.repetitions });
    drop(progress);
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
    let mut progress = Progress::new(output.progress);
    let snapshot = load(file, &mut progress)?;
    progress.step("looking for paths");
    let node: NodeIndex =
        snapshot.graph().node_with_id(id).ok_or_else(|| format!("{} has no object @{id}", file.display()))?;
    let mut paths: Vec<_> = best_path(&snapshot, node).into_iter().collect();
    for path in distinct_paths(&snapshot, node, output.top.unwrap_or(PATHS)) {
        if !paths.contains(&path) {
            paths.push(path);
        }
    }
    drop(progress);
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

/// Reads and analyses a file.
fn load(file: &Path, progress: &mut Progress) -> Result<Snapshot, String> {
    let cannot = |error: &dyn std::fmt::Display| format!("cannot read {}: {error}", file.display());
    let source = File::open(file).map_err(|error| cannot(&error))?;
    let size = source.metadata().ok().map(|data| data.len()).filter(|&size| size > 0);
    let reading = format!("reading {}", file.display());
    progress.step(&reading);
    let graph = semispace_snapshot::read_with(source, size, |bytes| {
        progress.part(&reading, bytes, size.unwrap_or(0));
        ControlFlow::Continue(())
    });
    let graph = graph.map_err(|error: ReadError| cannot(&error))?;
    progress.step(&format!("working out what keeps the {} nodes of {}", graph.node_count(), file.display()));
    Ok(Snapshot::new(graph))
}
