//! The command line's words.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use semispace_playground::{GeneratedFile, Limits, ProfileName};

use crate::snapshot::SnapshotCommand;

/// Run JavaScript on a heap you can see.
#[derive(Debug, Parser)]
#[command(name = "semispace", version, about)]
pub struct Options {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The verbs.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run a script.
    Run(Box<RunOptions>),
    /// Parse a script and say what is wrong with it.
    Check {
        /// The script, or - for standard input.
        file: PathBuf,
    },
    /// List the profiles and their limits.
    Profiles {
        /// As JSON.
        #[arg(long)]
        json: bool,
    },
    /// Look into heap snapshots.
    Snapshot {
        /// What to do, and with which files.
        #[command(subcommand)]
        command: SnapshotCommand,
    },
}

/// How to run.
#[derive(Args, Debug)]
pub struct RunOptions {
    /// The script, or - for standard input.
    pub file: PathBuf,
    /// node-20, node-26, node-4, classic-64, classic-32, android
    #[arg(long, default_value_t, value_name = "NAME")]
    pub profile: ProfileName,
    /// Limit of the old generation
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(Limits::OLD_SPACE_MB))]
    pub max_old_space_size: Option<u64>,
    /// Largest semi-space
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(Limits::SEMI_SPACE_MB))]
    pub max_semi_space_size: Option<u64>,
    /// First semi-space
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(Limits::SEMI_SPACE_MB))]
    pub min_semi_space_size: Option<u64>,
    /// Largest new space (classic profiles)
    #[arg(long, value_name = "KB", value_parser = clap::value_parser!(u64).range(Limits::NEW_SPACE_KB))]
    pub max_new_space_size: Option<u64>,
    /// Print a line for each collection
    #[arg(long)]
    pub trace_gc: bool,
    /// Print a line of name=value pairs for each collection
    #[arg(long)]
    pub trace_gc_nvp: bool,
    /// Seed of Math.random
    #[arg(long, default_value_t = 1, value_name = "N")]
    pub seed: u64,
    /// Stop after so many instructions (exit code 124)
    #[arg(long, value_name = "N")]
    pub fuel: Option<u64>,
    /// Stop after so many seconds (exit code 124)
    #[arg(long, value_name = "SECONDS")]
    pub timeout: Option<f64>,
    /// Limit of what all ArrayBuffers take together
    #[arg(long, value_name = "MB", value_parser = clap::value_parser!(u64).range(Limits::EXTERNAL_MB))]
    pub max_external_size: Option<u64>,
    /// Give the script a file of generated text, which `fs` finds: big.txt=64m
    #[arg(long, value_name = "NAME=SIZE")]
    pub generate_file: Vec<GeneratedFile>,
    /// Collect at every Nth allocation
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub stress_gc: Option<u32>,
    /// Evacuate every page in every full collection
    #[arg(long)]
    pub stress_compaction: bool,
    /// Verify the heap around every collection
    #[arg(long)]
    pub verify_heap: bool,
    /// Write the totals as one JSON object to a file, or to standard output (-)
    #[arg(long, value_name = "FILE|-")]
    pub stats: Option<PathBuf>,
    /// Write a heap snapshot at the end
    #[arg(long, value_name = "FILE")]
    pub heapsnapshot_at_exit: Option<PathBuf>,
    /// Record where each object is allocated, for the snapshots of this run
    #[arg(long)]
    pub allocation_sites: bool,
    /// Write a CPU profile by virtual time at the end, for DevTools
    #[arg(long, value_name = "FILE")]
    pub cpu_prof: Option<PathBuf>,
    /// Print the ticks of virtual time by function at the end, on standard error
    #[arg(long)]
    pub prof: bool,
    /// Where snapshots go that the script writes (v8.writeHeapSnapshot, heapdump); without it they go to the paths that
    /// the script names, at or below its own folder
    #[arg(long, value_name = "FOLDER")]
    pub diagnostic_dir: Option<PathBuf>,
    /// Print the bytecode of the script instead of running it
    #[arg(long)]
    pub print_bytecode: bool,
    /// process.argv from index 2
    #[arg(last = true, value_name = "ARG")]
    pub arguments: Vec<String>,
}
