//! The session's types as the protocol's.

use semispace_playground::heap::{CollectionRecord, MIB, Profile};
use semispace_playground::{self as playground, Session, SessionConfig, Stage};
use semispace_protocol::{
    CollectionKind, CollectionView, Counters, Diagnostic, Explanation, Limits, LogEntry, OutputChunk,
    Position, ProfileChoice, RunState, Sample, Settings, SlabCounts, Stream,
};

/// Physical memory of the machine that profiles take their limits from.
const ASSUMED_MEMORY: u64 = 8 << 30;

/// A profile as the page offers it.
pub fn profile_choice(profile: &Profile) -> ProfileChoice {
    let mb = |bytes: u64| bytes as f64 / MIB as f64;
    ProfileChoice {
        name: profile.name.into(),
        label: profile.engine.into(),
        semi_space_mb: (mb(profile.semi_space_initial), mb(profile.semi_space_max)),
        old_space_mb: mb(profile.old_max_bytes(ASSUMED_MEMORY)),
    }
}

/// A session with these settings.
///
/// # Errors
/// An unknown profile; a snippet that does not compile.
pub fn session(settings: Settings) -> Result<Session, Diagnostic> {
    let profile = match settings.profile.as_str() {
        "" => Ok(SessionConfig::default().profile),
        name => name.parse(),
    };
    let Ok(profile) = profile else {
        let message = format!("There is no profile named {}.", settings.profile);
        return Err(Diagnostic { message, ..Diagnostic::default() });
    };
    let Limits { max_old_space_mb, max_semi_space_mb, min_semi_space_mb } = settings.limits;
    let limits = playground::Limits {
        max_old_space_mb: max_old_space_mb.map(u64::from),
        max_semi_space_mb: max_semi_space_mb.map(u64::from),
        min_semi_space_mb: min_semi_space_mb.map(u64::from),
        ..playground::Limits::default()
    };
    let config = SessionConfig {
        source: settings.source,
        profile,
        limits,
        seed: settings.seed.into(),
        files: settings.files.into_iter().map(|file| (file.name, file.text)).collect(),
        allocation_sites: settings.records_sites,
        ..SessionConfig::default()
    };
    Session::new(config).map_err(diagnostic)
}

/// The session's numbers.
pub fn counters_of(session: &Session) -> Counters {
    let stats = session.stats();
    let number = |count: u64| count as f64;
    let slabs = stats.slabs;
    Counters {
        instructions: number(stats.instructions),
        virtual_ms: stats.virtual_ms,
        scavenges: number(stats.scavenges),
        mark_compacts: number(stats.mark_compacts),
        incremental_steps: number(stats.incremental_steps),
        allocated_bytes: number(stats.allocated_bytes),
        semi_space_copied_bytes: number(stats.semi_space_copied_bytes),
        promoted_bytes: number(stats.promoted_bytes),
        marked_bytes: number(stats.marked_bytes),
        evacuated_bytes: number(stats.evacuated_bytes),
        write_barrier_hits: number(stats.write_barrier_hits),
        max_pause_ms: stats.max_pause_ms,
        total_pause_ms: stats.total_pause_ms,
        heap_used: number(stats.heap_used),
        heap_total: number(stats.heap_total),
        external: number(stats.external),
        array_buffers: number(stats.array_buffers),
        rss: number(stats.rss),
        peak_heap_used: number(stats.peak_heap_used),
        slabs: SlabCounts {
            live: number(slabs.live),
            empty: number(slabs.empty),
            partial: number(slabs.partial),
            full: number(slabs.full),
        },
    }
}

/// The state of a session that does not run.
pub fn state_at_rest(state: playground::RunState) -> RunState {
    match state {
        playground::RunState::Paused => RunState::Paused,
        playground::RunState::Finished { exit_code } => RunState::Finished { exit_code },
        playground::RunState::Failed(problem) => RunState::Failed(diagnostic(problem)),
        playground::RunState::OutOfMemory(report) => RunState::OutOfMemory { report },
    }
}

/// An error and its place.
pub fn diagnostic(diagnostic: playground::Diagnostic) -> Diagnostic {
    let playground::Diagnostic { message, line, column, .. } = diagnostic;
    Diagnostic { message, file: 0, line, column }
}

/// A piece of output.
pub fn chunk(chunk: playground::OutputChunk) -> OutputChunk {
    let stream = match chunk.stream {
        playground::Stream::Stdout => Stream::Stdout,
        playground::Stream::Stderr => Stream::Stderr,
    };
    OutputChunk { stream, text: chunk.text }
}

/// Where a session stands in its files.
pub fn position(session: &Session) -> Option<Position> {
    let (line, column) = session.position()?;
    Some(Position { file: file_here(session), line, column })
}

/// The number of the file in which a session stands.
pub fn file_here(session: &Session) -> u32 {
    session.position_file().map_or(0, |file| file_number(session, &file))
}

/// The number of the file in which an error happened: its stack names it, before the same line and column.
pub fn file_of(session: &Session, problem: &Diagnostic) -> u32 {
    let place = format!(":{}:{}", problem.line, problem.column);
    let before = problem.message.split_once(&place).map_or("", |(before, _)| before);
    let file = before.rsplit([' ', '(', '\n']).next().unwrap_or("");
    file_number(session, file)
}

/// 0 for the snippet itself, else the number of one of its other files, from 1. Stacks name files by their whole paths.
pub fn file_number(session: &Session, path: &str) -> u32 {
    let folder = format!("{}/", session.config().folder);
    let name = path.strip_prefix(&folder).unwrap_or(path);
    let index = session.config().files.iter().position(|(file, _)| file == name);
    index.map_or(0, |index| index as u32 + 1)
}

/// A line of the log.
pub fn log_entry(session: &Session, record: &CollectionRecord) -> LogEntry {
    LogEntry {
        number: u32::try_from(record.number).unwrap_or(u32::MAX),
        kind: if record.kind.is_full() { CollectionKind::Full } else { CollectionKind::Scavenge },
        at_ms: record.at_ns as f64 / 1e6,
        pause_ms: record.pause_ns as f64 / 1e6,
        line: session.trace_line(record),
    }
}

/// Why a collection ran.
pub fn explanation(number: u32, explanation: playground::Explanation) -> Explanation {
    let playground::Explanation { title, sentences, sources } = explanation;
    Explanation { number, title, sentences, sources: sources.into_iter().map(str::to_owned).collect() }
}

/// The heap's sizes now.
pub fn sample(session: &Session) -> Sample {
    let sizes = session.heap().sizes();
    let stats = session.stats();
    Sample {
        at_ms: stats.virtual_ms,
        instructions: stats.instructions as f64,
        new_used: sizes.new_used as f64,
        old_used: sizes.old_used as f64,
        large_used: sizes.large_used as f64,
        external: stats.external as f64,
        rss: stats.rss as f64,
        old_limit: sizes.old_limit as f64,
    }
}

/// The heap's sizes before and after each of these collections, from their own records: what happened between two looks at
/// the heap. `before` is the sample that they follow.
pub fn samples_around(session: &Session, records: &[CollectionRecord], before: Sample) -> Vec<Sample> {
    let now = sample(session);
    let total_ns = |record: &CollectionRecord| record.pause_ns + record.incremental.duration_ns;
    let mut pauses = session.heap().stats().total_pause_ns.saturating_sub(records.iter().map(total_ns).sum());
    let mut samples = Vec::new();
    for record in records {
        pauses += total_ns(record);
        // Instructions take the same virtual time each, so that time tells how many had run.
        let instructions = before.instructions
            + (record.at_ns.saturating_sub(pauses) as f64 / 1e6 - before.at_ms).max(0.0)
                * INSTRUCTIONS_PER_MS;
        let instructions = instructions.clamp(before.instructions, now.instructions);
        let young = if record.kind.is_full() { 0 } else { record.survived };
        let old_before = record.used_before.saturating_sub(record.figures.new_used) as f64 - now.large_used;
        let old_after = record.used_after.saturating_sub(young) as f64 - now.large_used;
        let [end, start] =
            [record.at_ns, record.at_ns.saturating_sub(record.pause_ns)].map(|ns| ns as f64 / 1e6);
        let at = |at_ms: f64, new: u64, old: f64| Sample {
            at_ms,
            instructions,
            new_used: new as f64,
            old_used: old.max(0.0),
            ..now
        };
        samples.push(at(start, record.figures.new_used, old_before));
        samples.push(at(end, young, old_after));
    }
    samples
}

/// The virtual machine's own speed, in virtual time.
const INSTRUCTIONS_PER_MS: f64 = 200_000.0;

/// Where a stepped collection stands.
pub fn stage(session: &Session, stage: Stage) -> CollectionView {
    let bytes = |words: u32| words.saturating_mul(session.heap().config().profile.word_bytes);
    let named = |list: Vec<(playground::heap::Ref, std::rc::Rc<str>)>| {
        list.into_iter().map(|(at, name)| (bytes(at.offset()), name.to_string())).collect()
    };
    CollectionView {
        title: stage.title.to_owned(),
        phase: stage.phase.to_owned(),
        progress: stage.progress,
        sentences: stage.last.sentences,
        steps: stage.steps,
        scan: stage.pointers.map(|(scan, _)| bytes(scan)),
        free: stage.pointers.map(|(_, free)| bytes(free)),
        moves: stage
            .last
            .moves
            .iter()
            .map(|(from, to, words)| (bytes(from.offset()), bytes(to.offset()), bytes(*words)))
            .collect(),
        worklist: named(stage.worklist),
        waiting: u32::try_from(stage.waiting).unwrap_or(u32::MAX),
        remembered: named(stage.remembered),
        is_over: stage.last.is_over,
    }
}
