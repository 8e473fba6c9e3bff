//! `run` and `check`.

use std::io::{Read, Write};
use std::path::Path;
use std::process::ExitCode;
use std::rc::Rc;
use std::time::{Duration, Instant};

use semispace_playground::{
    CpuProfile, Diagnostic, Limits, RunState, Session, SessionConfig, Stream, TraceFormat, disassemble,
};

use crate::files::Folder;
use crate::options::RunOptions;
use crate::signal::Signal;
use crate::written::WrittenSnapshots;
use crate::{BAD_USAGE, stats};

const FAILED: u8 = 1;
const SPENT: u8 = 124;
const OUT_OF_MEMORY: u8 = 134;
/// Instructions between two looks at the clock and at the output.
const PORTION: u64 = 2_000_000;

/// Runs a script to its end.
pub fn run(options: &RunOptions) -> ExitCode {
    let source = match read(&options.file) {
        Ok(source) => source,
        Err(message) => return usage(&message),
    };
    let name = file_name(&options.file);
    if options.print_bytecode {
        return print_bytecode(&source, &name);
    }
    let folder = Folder::of(&options.file);
    let config = SessionConfig { folder: folder.name(), ..config(options, source, name.clone()) };
    let mut session = match Session::with_files(config, Rc::new(folder)) {
        Ok(session) => session,
        Err(diagnostic) => return refuse(&diagnostic, &name),
    };
    let start = Instant::now();
    if options.prof || options.cpu_prof.is_some() {
        session.start_cpu_profile();
    }
    let mut written = WrittenSnapshots::of(&session, options.diagnostic_dir.clone());
    let code = drive(&mut session, options, start, &name, &mut written);
    if let Some(profile) = session.stop_cpu_profile()
        && let Err(message) = write_profile(options, &profile)
    {
        return usage(&message);
    }
    if let Some(target) = &options.heapsnapshot_at_exit
        && let Err(message) = write_snapshot(target, &mut session)
    {
        return usage(&format!("cannot write {}: {message}", target.display()));
    }
    if let Some(target) = &options.stats
        && let Err(error) = write_stats(target, &session, start.elapsed())
    {
        return usage(&format!("cannot write {}: {error}", target.display()));
    }
    ExitCode::from(code)
}

/// The script as the machine sees it: a line for each instruction, function by function.
fn print_bytecode(source: &str, name: &str) -> ExitCode {
    match disassemble(source) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(diagnostic) => refuse(&diagnostic, name),
    }
}

/// Only compiles a script.
pub fn check(file: &Path) -> ExitCode {
    let source = match read(file) {
        Ok(source) => source,
        Err(message) => return usage(&message),
    };
    let name = file_name(file);
    match Session::new(SessionConfig { source, file_name: name.clone(), ..SessionConfig::default() }) {
        Ok(_) => ExitCode::SUCCESS,
        Err(diagnostic) => refuse(&diagnostic, &name),
    }
}

fn config(options: &RunOptions, source: String, file_name: String) -> SessionConfig {
    SessionConfig {
        source,
        file_name,
        profile: options.profile,
        limits: Limits {
            max_old_space_mb: options.max_old_space_size,
            max_semi_space_mb: options.max_semi_space_size,
            min_semi_space_mb: options.min_semi_space_size,
            max_external_mb: options.max_external_size,
            max_new_space_kb: options.max_new_space_size,
        },
        seed: options.seed,
        argv: options.arguments.clone(),
        generated_files: options.generate_file.clone(),
        stress_gc: options.stress_gc,
        stress_compaction: options.stress_compaction,
        verify_heap: options.verify_heap,
        allocation_sites: options.allocation_sites,
        trace: match (options.trace_gc_nvp, options.trace_gc) {
            (true, _) => TraceFormat::NameValuePairs,
            (false, true) => TraceFormat::TraceGc,
            (false, false) => TraceFormat::Off,
        },
        ..SessionConfig::default()
    }
}

fn drive(
    session: &mut Session,
    options: &RunOptions,
    start: Instant,
    name: &str,
    written: &mut WrittenSnapshots,
) -> u8 {
    let timeout = options.timeout.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
    let mut fuel = options.fuel.unwrap_or(u64::MAX);
    let signal = Signal::usr2();
    loop {
        if signal.has_come() {
            session.raise("SIGUSR2");
        }
        let portion = fuel.min(PORTION);
        let before = session.stats().instructions;
        let state = session.run(portion);
        fuel = fuel.saturating_sub((session.stats().instructions - before).max(1));
        if !flush(session) {
            return FAILED;
        }
        written.flush(session);
        match state {
            RunState::Paused if fuel == 0 => {
                eprintln!("semispace: stopped after {} instructions (--fuel)", session.stats().instructions);
                return SPENT;
            }
            RunState::Paused if timeout.is_some_and(|timeout| start.elapsed() >= timeout) => {
                eprintln!("semispace: stopped after {} s (--timeout)", options.timeout.unwrap_or_default());
                return SPENT;
            }
            RunState::Paused => {}
            RunState::Finished { exit_code } => return exit_code as u8,
            RunState::Failed(diagnostic) => {
                eprint!("{}\n\nNode.js {}\n", diagnostic.report(name), options.profile);
                return FAILED;
            }
            RunState::OutOfMemory(report) => {
                eprint!("{report}");
                return OUT_OF_MEMORY;
            }
        }
    }
}

/// Prints what the script has printed. False: nobody reads it any more.
fn flush(session: &mut Session) -> bool {
    for chunk in session.take_output() {
        let written = match chunk.stream {
            Stream::Stdout => std::io::stdout().write_all(chunk.text.as_bytes()),
            Stream::Stderr => std::io::stderr().write_all(chunk.text.as_bytes()),
        };
        if written.is_err() {
            return false;
        }
    }
    std::io::stdout().flush().is_ok()
}

fn write_snapshot(target: &Path, session: &mut Session) -> Result<(), String> {
    let graph = session.take_snapshot().ok_or("the heap is in the middle of a collection")?;
    crate::snapshot::write(&graph, target).map_err(|error| error.to_string())
}

fn write_profile(options: &RunOptions, profile: &CpuProfile) -> Result<(), String> {
    if options.prof {
        eprint!("{}", profile.summary());
    }
    let Some(target) = &options.cpu_prof else { return Ok(()) };
    std::fs::write(target, profile.json())
        .map_err(|error| format!("cannot write {}: {error}", target.display()))
}

fn write_stats(target: &Path, session: &Session, wall: Duration) -> std::io::Result<()> {
    let text = stats::json(&session.stats(), wall) + "\n";
    if target == Path::new("-") {
        return std::io::stdout().write_all(text.as_bytes());
    }
    std::fs::write(target, text)
}

fn read(file: &Path) -> Result<String, String> {
    let bytes = if file == Path::new("-") {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(file)
    };
    let bytes = bytes.map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    String::from_utf8(bytes).map_err(|error| {
        format!("{} is not UTF-8 text (byte {})", file.display(), error.utf8_error().valid_up_to())
    })
}

fn file_name(file: &Path) -> String {
    if file == Path::new("-") { "[stdin]".to_owned() } else { file.display().to_string() }
}

fn refuse(diagnostic: &Diagnostic, name: &str) -> ExitCode {
    eprint!("{}", diagnostic.report(name));
    ExitCode::from(FAILED)
}

fn usage(message: &str) -> ExitCode {
    eprintln!("semispace: {message}");
    ExitCode::from(BAD_USAGE)
}
