//! A session: run it, pause it, step it, collect, and look.

use std::collections::VecDeque;
use std::rc::Rc;

use semispace_heap::{
    CollectionKind, CollectionRecord, EventMask, Heap, HeapEvent, Mutator, OutOfMemory, Reason, Recorder,
};
use semispace_monitor::{
    CpuProfile, Explanation, NameValueTrace, ProcessIds, explain, out_of_memory, trace_line,
};
use semispace_script::diagnostic::{Diagnostic, DiagnosticKind};
use semispace_script::node::modules::{ModuleFiles, NamedFiles};
use semispace_script::vm::allocation_sites::{SiteCount, SiteTotals};
use semispace_script::vm::{CollectorPace, Exit, LoadError, Printed, Stream, Vm};

use crate::config::{SessionConfig, TraceFormat};
use crate::slow_motion::SlowMotion;
use crate::snapshot::{Capture, HeapSnapshotFormat};
use crate::stats::{SlabStats, Stats};

/// How far a run has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RunState {
    /// It can go on.
    Paused,
    /// The script has ended, or called `process.exit`.
    Finished {
        /// The exit code.
        exit_code: i32,
    },
    /// An exception that nobody caught.
    Failed(Diagnostic),
    /// The heap is full: the report as Node prints it.
    OutOfMemory(String),
}

/// What one step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// To the next statement.
    Line,
    /// To the next collection.
    Collection,
}

/// A piece of output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputChunk {
    /// Where it goes.
    pub stream: Stream,
    /// The text.
    pub text: String,
}

impl From<Printed> for OutputChunk {
    fn from(printed: Printed) -> Self {
        Self { stream: printed.stream, text: printed.text }
    }
}

/// How many events wait between two portions of a run.
const RECORDED: usize = 65_536;
/// How many collections are kept for [`Session::take_collections`]; the oldest make room.
const KEPT_COLLECTIONS: usize = 16_384;
/// Instructions between two looks at the records, so that none are lost and lines keep their place in the output.
const PORTION: u64 = 500_000;
/// The most instructions of one step.
const STEP_BUDGET: u64 = 50_000_000;
/// The portion in which a step looks for the next collection.
const COLLECTION_PORTION: u64 = 1_000;
/// The name of the session's own CPU profile. No script can use it by chance.
const CPU_PROFILE: &str = "(session)";
/// A script on its machine. Clone it to keep a moment.
#[derive(Clone, Debug)]
pub struct Session {
    config: SessionConfig,
    pub(crate) vm: Vm,
    state: RunState,
    output: Vec<OutputChunk>,
    /// Bytes of text that went to `output`.
    printed: u64,
    collections: VecDeque<CollectionRecord>,
    /// The collection that is being stepped through.
    pub(crate) slow: Option<SlowMotion>,
    name_value_trace: NameValueTrace,
}

impl Session {
    /// Compiles the script and makes its machine.
    ///
    /// # Errors
    /// Source that is not JavaScript or not supported; a heap too small to begin in.
    pub fn new(config: SessionConfig) -> Result<Self, Diagnostic> {
        let files = NamedFiles(config.files.clone());
        Self::with_files(config, Rc::new(files))
    }

    /// The same, where `require` looks for files elsewhere than among the session's own.
    ///
    /// # Errors
    /// As [`Session::new`].
    pub fn with_files(config: SessionConfig, files: Rc<dyn ModuleFiles>) -> Result<Self, Diagnostic> {
        let recorder = Recorder::new(EventMask::COLLECTION, RECORDED);
        let too_small = |error: OutOfMemory| without_place(format!("FATAL ERROR: {error}"));
        let mut vm = Vm::new(config.heap(), recorder, config.seed).map_err(too_small)?;
        vm.arguments.clone_from(&config.argv);
        if let Some(mb) = config.limits.max_external_mb {
            vm.limits.external = mb.saturating_mul(1 << 20);
        }
        vm.folder = config.folder.as_str().into();
        vm.files = files;
        vm.snapshot_files.format = Some(Rc::new(HeapSnapshotFormat));
        for file in &config.generated_files {
            if !vm.add_generated_file(file) {
                return Err(without_place(format!(
                    "Cannot make the file {}: its path is a folder",
                    file.path
                )));
            }
        }
        vm.load(&config.source, &config.file_name).map_err(|error| match error {
            LoadError::Source(diagnostic) => diagnostic,
            LoadError::OutOfMemory(error) => too_small(error),
        })?;
        if config.allocation_sites {
            vm.record_allocation_sites();
        }
        if config.keep_top_level {
            vm.keep_top_level();
        }
        Ok(Self {
            config,
            vm,
            state: RunState::Paused,
            output: Vec::new(),
            printed: 0,
            collections: VecDeque::new(),
            slow: None,
            name_value_trace: NameValueTrace::default(),
        })
    }

    /// Runs about so many instructions, or to the end.
    pub fn run(&mut self, instructions: u64) -> RunState {
        self.leave_slow_motion();
        let mut left = instructions;
        while self.state == RunState::Paused && left > 0 {
            let portion = left.min(PORTION);
            left -= portion;
            let exit = self.vm.run(portion);
            self.after(exit);
            if self.is_in_collection() {
                break;
            }
        }
        self.state.clone()
    }

    /// How runs go about collections: by default each runs to its end at once. Whatever the pace, the run is the same.
    pub fn set_collector_pace(&mut self, pace: CollectorPace) {
        self.vm.pace = pace;
    }

    /// Whether the run has paused before or in the middle of a collection, or of the growth of a large store, as its pace
    /// asks.
    #[must_use]
    pub fn is_in_collection(&self) -> bool {
        self.vm.heap.is_collection_due() || self.vm.heap.is_collecting() || self.vm.is_growing()
    }

    /// Runs about so many instructions, but stops where a statement of the script itself begins on one of these lines (from
    /// 1), or on the next line on which one does. True if that is why it stopped.
    pub fn run_to_lines(&mut self, lines: &[u32], instructions: u64) -> (RunState, bool) {
        self.leave_slow_motion();
        let mut left = instructions;
        while self.state == RunState::Paused && left > 0 {
            let portion = left.min(PORTION);
            left -= portion;
            let (exit, is_there) = self.vm.run_to_lines(lines, portion);
            self.after(exit);
            if is_there && self.state == RunState::Paused {
                return (RunState::Paused, true);
            }
            if self.is_in_collection() {
                break;
            }
        }
        (self.state.clone(), false)
    }

    /// Does it stand at the beginning of one of these lines?
    #[must_use]
    pub fn stands_on(&self, lines: &[u32]) -> bool {
        self.vm.stands_on(lines)
    }

    /// Parses and compiles a source, and runs nothing.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn check(source: &str) -> Result<(), Diagnostic> {
        semispace_script::compiler::compile(source).map(drop)
    }

    /// One step.
    pub fn step(&mut self, kind: StepKind) -> RunState {
        self.leave_slow_motion();
        if self.state != RunState::Paused {
            return self.state.clone();
        }
        match kind {
            StepKind::Line => {
                let exit = self.vm.step_statement(STEP_BUDGET);
                self.after(exit);
            }
            StepKind::Collection => {
                let before = self.collection_count();
                let mut left = STEP_BUDGET;
                while self.state == RunState::Paused && left > 0 && self.collection_count() == before {
                    left -= COLLECTION_PORTION;
                    let exit = self.vm.run(COLLECTION_PORTION);
                    self.after(exit);
                }
            }
        }
        self.state.clone()
    }

    /// A scavenge, now.
    pub fn scavenge(&mut self) {
        self.collect(CollectionKind::Minor);
    }

    /// A full collection, now.
    pub fn full_gc(&mut self) {
        self.collect(CollectionKind::Full);
    }

    /// A snapshot of the heap as it is. The run goes on as if nobody had looked. None in the middle of a collection that is
    /// being stepped through.
    pub fn take_snapshot(&mut self) -> Option<semispace_snapshot::Graph> {
        if self.slow.is_none() {
            self.finish_collection();
        }
        crate::snapshot::capture(&mut self.vm)
    }

    /// The same in portions: see [`Session::capture_on`].
    pub fn begin_snapshot(&mut self) -> Option<Capture> {
        if self.slow.is_none() {
            self.finish_collection();
        }
        Capture::begin(&self.vm)
    }

    /// Goes on with a snapshot for some milliseconds; between its beginning and its end the session must do nothing else. Returns
    /// the share that is done: 1 at the end.
    pub fn capture_on(&mut self, capture: &mut Capture) -> f64 {
        capture.advance(&mut self.vm)
    }

    /// Absolute paths of the heap snapshots that the script itself has written (`v8.writeHeapSnapshot`,
    /// `heapdump.writeSnapshot`), in that order; a path that was written again comes again.
    pub fn written_snapshots(&self) -> &[String] {
        &self.vm.snapshot_files.written
    }

    /// Bytes that a file of the session has. None: there is no such file.
    pub fn file_size(&self, path: &str) -> Option<u64> {
        self.vm.file_system.status(path).filter(|status| !status.folder).map(|status| status.size)
    }

    /// The bytes of a file of the session. None: there is no such file.
    pub fn file(&self, path: &str) -> Option<Vec<u8>> {
        self.vm.file_system.contents(path)
    }

    /// A signal like `SIGUSR2` from outside: the script's listeners run when its event loop comes round; without one the
    /// run ends with exit code 128 and the signal's number. It is not part of what a replay repeats.
    pub fn raise(&mut self, signal: &str) {
        self.vm.raise(signal);
    }

    /// From now on samples the stack, each 1,000 microseconds of virtual time.
    pub fn start_cpu_profile(&mut self) {
        self.vm.start_cpu_profile(CPU_PROFILE);
    }

    /// Ends what [`Session::start_cpu_profile`] has begun.
    pub fn stop_cpu_profile(&mut self) -> Option<CpuProfile> {
        self.vm.stop_cpu_profile(CPU_PROFILE)
    }

    fn collect(&mut self, kind: CollectionKind) {
        self.leave_slow_motion();
        self.vm.heap.collect(&mut self.vm.roots, kind, Reason::Testing);
        self.take_events();
    }

    fn collection_count(&self) -> u64 {
        let stats = self.vm.heap.stats();
        stats.scavenges + stats.mark_compacts
    }

    fn after(&mut self, exit: Exit) {
        self.take_events();
        self.state = self.broken_heap().unwrap_or_else(|| self.state_after(exit));
    }

    /// What `--verify-heap` has found, if anything.
    fn broken_heap(&self) -> Option<RunState> {
        let violation = self.vm.heap.violations().first()?;
        Some(RunState::Failed(without_place(format!("The heap's verifier found a fault: {violation:?}"))))
    }

    fn state_after(&mut self, exit: Exit) -> RunState {
        match exit {
            Exit::Paused => RunState::Paused,
            Exit::Finished => RunState::Finished { exit_code: 0 },
            Exit::Exited(exit_code) => RunState::Finished { exit_code },
            Exit::Failed(diagnostic) => RunState::Failed(diagnostic),
            Exit::OutOfMemory(error) => {
                let era = self.config.profile.profile().trace;
                let report =
                    out_of_memory(&error, self.vm.heap.last_collections(), era, ProcessIds::default());
                RunState::OutOfMemory(report)
            }
        }
    }

    /// Script output and trace lines move to the session's own output, in the order in which they came.
    pub(crate) fn take_events(&mut self) {
        let records: Vec<CollectionRecord> =
            self.vm.heap.observer_mut().drain().filter_map(finished).collect();
        let output = std::mem::take(&mut self.vm.output);
        self.printed += output.iter().map(|printed| printed.text.len() as u64).sum::<u64>();
        let mut printed = output.into_iter().peekable();
        let mut flags = std::mem::take(&mut self.vm.flags).into_iter().peekable();
        for record in records {
            while let Some((_, flag)) = flags.next_if(|(collections, _)| *collections < record.number) {
                self.follow(&flag);
            }
            while let Some(earlier) = printed.next_if(|printed| printed.collections < record.number) {
                self.output.push(OutputChunk::from(earlier));
            }
            self.note(record);
        }
        self.output.extend(printed.map(OutputChunk::from));
        flags.for_each(|(_, flag)| self.follow(&flag));
    }

    /// A flag that the script has set.
    fn follow(&mut self, flag: &str) {
        self.config.trace = match flag {
            "--trace-gc" => TraceFormat::TraceGc,
            "--trace-gc-nvp" => TraceFormat::NameValuePairs,
            _ => TraceFormat::Off,
        };
    }

    /// Keeps a collection's record, and prints its line if lines are wanted.
    pub(crate) fn note(&mut self, record: CollectionRecord) {
        let line = match self.config.trace {
            TraceFormat::Off => None,
            TraceFormat::TraceGc => Some(self.trace_line(&record)),
            TraceFormat::NameValuePairs => {
                let era = self.config.profile.profile().trace;
                Some(self.name_value_trace.line(&record, era, ProcessIds::default()))
            }
        };
        self.output.extend(line.map(|line| OutputChunk { stream: Stream::Stdout, text: line + "\n" }));
        if self.collections.len() == KEPT_COLLECTIONS {
            self.collections.pop_front();
        }
        self.collections.push_back(record);
    }

    /// The collections since the last call, oldest first: the newest 16,384 of them.
    pub fn take_collections(&mut self) -> Vec<CollectionRecord> {
        self.collections.drain(..).collect()
    }

    /// A collection as the line that `--trace-gc` prints in the profile's era.
    pub fn trace_line(&self, record: &CollectionRecord) -> String {
        trace_line(record, self.config.profile.profile().trace, ProcessIds::default())
    }

    /// Why a collection ran.
    pub fn explain(&self, record: &CollectionRecord) -> Explanation {
        explain(record, self.config.profile.profile())
    }

    /// Output since the last call.
    pub fn take_output(&mut self) -> Vec<OutputChunk> {
        std::mem::take(&mut self.output)
    }

    /// How far the run has come.
    pub fn state(&self) -> &RunState {
        &self.state
    }

    /// The heap, to look at.
    pub fn heap(&self) -> &Heap<Recorder> {
        &self.vm.heap
    }

    /// Line and column, from 1, where the run stands in the script.
    pub fn position(&self) -> Option<(u32, u32)> {
        self.vm.position().map(|place| (place.line, place.column))
    }

    /// The file, as stacks name it, in which the run stands.
    pub fn position_file(&self) -> Option<Rc<str>> {
        self.vm.position_file()
    }

    /// Bytes of text that the script has printed so far.
    pub fn printed(&self) -> u64 {
        self.printed
    }

    /// Instructions run so far.
    pub fn instructions(&self) -> u64 {
        self.vm.roots.instructions
    }

    /// Begins to count how much of what each place of the script has allocated is in the heap now.
    pub fn begin_site_count(&self) -> SiteCount {
        self.vm.begin_site_count()
    }

    /// Counts on, one page further; true when all are counted.
    pub fn count_sites_on(&self, count: &mut SiteCount) -> bool {
        self.vm.count_sites_on(count)
    }

    /// What each place of the script has allocated, and how much of it is in the heap by that count, in source order. Empty
    /// unless [`SessionConfig::allocation_sites`] is set.
    pub fn allocation_sites(&self, count: &SiteCount) -> Vec<SiteTotals> {
        self.vm.allocation_totals(count)
    }

    /// What the session was made from.
    pub fn config(&self) -> &SessionConfig {
        &self.config
    }

    /// The figures so far.
    pub fn stats(&self) -> Stats {
        let heap = self.vm.heap.stats();
        let slabs = self.vm.slab_counts();
        let ms = |nanoseconds: u64| nanoseconds as f64 / 1e6;
        Stats {
            profile: self.config.profile.as_str(),
            instructions: self.vm.roots.instructions,
            virtual_ms: ms(self.vm.roots.now_ns() + heap.total_pause_ns),
            scavenges: heap.scavenges,
            mark_compacts: heap.mark_compacts,
            incremental_steps: heap.incremental_steps,
            allocated_bytes: heap.allocated_bytes,
            semi_space_copied_bytes: heap.semi_space_copied_bytes,
            promoted_bytes: heap.promoted_bytes,
            marked_bytes: heap.marked_bytes,
            evacuated_bytes: heap.evacuated_bytes,
            write_barrier_hits: heap.write_barrier_hits,
            max_pause_ms: ms(heap.max_pause_ns),
            total_pause_ms: ms(heap.total_pause_ns),
            heap_used: heap.heap_used,
            heap_total: heap.heap_total,
            external: heap.external,
            array_buffers: self.vm.array_buffer_bytes(),
            rss: self.vm.resident_bytes(),
            peak_heap_used: heap.peak_heap_used,
            slabs: SlabStats {
                live: slabs.live,
                empty: slabs.empty,
                partial: slabs.partial,
                full: slabs.full,
            },
        }
    }
}

/// The record of a collection that has ended.
fn finished(event: HeapEvent) -> Option<CollectionRecord> {
    match event {
        HeapEvent::CollectionFinished(record) => Some(*record),
        _ => None,
    }
}

/// A diagnostic about the session as a whole.
fn without_place(message: String) -> Diagnostic {
    Diagnostic {
        kind: DiagnosticKind::Budget,
        message,
        line: 0,
        column: 0,
        source_line: String::new(),
        length: 0,
    }
}
