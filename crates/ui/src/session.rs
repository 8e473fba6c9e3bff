//! The line to the worker: commands go out, replies become signals.

use crate::details::Tab;
use leptos::prelude::*;
use semispace_protocol::{
    CollectionKind, CollectionView, Command, Counters, Diagnostic, Explanation, Frame, Limits, LogEntry,
    ObjectDetails, ObjectList, OutputChunk, Picture, Position, ProfileChoice, Reply, RunState, Sample,
    Settings, SourceFile, StepUnit, Totals, decode, encode,
};
use wasm_bindgen::prelude::{Closure, JsCast};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Console text beyond this many characters is dropped from the front.
const CONSOLE_LIMIT: usize = 200_000;
/// Log lines that are kept.
const LOG_LIMIT: usize = 5_000;
/// Samples that are kept; above it every second one goes.
const SAMPLE_LIMIT: usize = 3_000;

/// What the views read, and how they act on the session. Copies stand for the same session.
#[derive(Clone, Copy)]
pub struct Session {
    /// Where the session stands.
    pub state: RwSignal<RunState>,
    /// The profiles that the engine offers, the default one first.
    pub profiles: RwSignal<Vec<ProfileChoice>>,
    /// The chosen profile's name.
    pub profile: RwSignal<String>,
    /// Limits that differ from the profile's.
    pub limits: RwSignal<Limits>,
    /// Seed of `Math.random`.
    pub seed: RwSignal<u32>,
    /// The text in the editor.
    pub source: RwSignal<String>,
    /// The files that it may `require`.
    pub files: RwSignal<Vec<SourceFile>>,
    /// The file that is being edited: 0 for the snippet itself, else a number in `files`, from 1.
    pub open_file: RwSignal<u32>,
    /// Is the editor to show what each line allocates?
    pub shows_heat: RwSignal<bool>,
    /// Instructions a second; `None` is full speed.
    pub speed: RwSignal<Option<u32>>,
    /// The line of the editor's caret.
    pub caret: RwSignal<u32>,
    /// Lines at which a run stops.
    pub breakpoints: RwSignal<Vec<u32>>,
    /// What is wrong with the text in the editor.
    pub problem: RwSignal<Option<Diagnostic>>,
    /// The heap's numbers in the newest frame.
    pub counters: RwSignal<Counters>,
    /// Where the session stands in the snippet, in the newest frame.
    pub position: RwSignal<Option<Position>>,
    /// The heap's occupancy in the newest frame.
    pub picture: RwSignal<Picture>,
    /// Does the picture show what is unreachable, as far as it is one of a heap at rest?
    pub is_traced: RwSignal<bool>,
    /// Counts the pictures: goes up when the heap may have changed.
    pub pictures: RwSignal<u32>,
    /// The heap's sizes so far.
    pub samples: RwSignal<Vec<Sample>>,
    /// The collections so far, the newest last.
    pub log: RwSignal<Vec<LogEntry>>,
    /// Why a collection ran, or why something is as it is: the newest answer.
    pub explanation: RwSignal<Option<Explanation>>,
    /// An address on the page that it is about, if it is about a page.
    pub explained_page: RwSignal<Option<u32>>,
    /// The objects that the heap view has asked for.
    pub objects: RwSignal<ObjectList>,
    /// The object that is looked at.
    pub selected: RwSignal<Option<ObjectDetails>>,
    /// The collection that is being stepped through.
    pub collection: RwSignal<Option<CollectionView>>,
    /// The other run of a comparison, and its samples.
    pub comparison: RwSignal<Option<(Totals, Vec<Sample>)>>,
    /// What the snippet has printed.
    pub output: RwSignal<Vec<OutputChunk>>,
    /// One sentence on the last collection.
    pub event: RwSignal<String>,
    /// The open lesson.
    pub lesson: RwSignal<Option<crate::lessons::Lesson>>,
    /// A short message to the person; empty for none.
    pub notice: RwSignal<String>,
    /// The tab that is open.
    pub tab: RwSignal<Tab>,
    loaded: RwSignal<Option<Settings>>,
    /// Bytes of text dropped from the front of `output`.
    dropped: StoredValue<usize>,
    awaits_frame: StoredValue<bool>,
    worker: StoredValue<Option<Worker>, LocalStorage>,
}

impl Session {
    /// A session with this snippet in its editor and no worker yet.
    #[must_use]
    pub fn new(source: &str) -> Self {
        Self {
            state: RwSignal::default(),
            profiles: RwSignal::default(),
            profile: RwSignal::default(),
            limits: RwSignal::default(),
            seed: RwSignal::new(1),
            source: RwSignal::new(source.to_owned()),
            files: RwSignal::default(),
            open_file: RwSignal::default(),
            shows_heat: RwSignal::new(true),
            speed: RwSignal::new(Some(crate::controls::FIRST_SPEED)),
            caret: RwSignal::new(1),
            breakpoints: RwSignal::default(),
            problem: RwSignal::default(),
            counters: RwSignal::default(),
            position: RwSignal::default(),
            picture: RwSignal::default(),
            is_traced: RwSignal::new(true),
            pictures: RwSignal::default(),
            samples: RwSignal::default(),
            log: RwSignal::default(),
            explanation: RwSignal::default(),
            explained_page: RwSignal::default(),
            objects: RwSignal::default(),
            selected: RwSignal::default(),
            collection: RwSignal::default(),
            comparison: RwSignal::default(),
            output: RwSignal::default(),
            event: RwSignal::default(),
            lesson: RwSignal::default(),
            notice: RwSignal::default(),
            tab: RwSignal::default(),
            loaded: RwSignal::default(),
            dropped: StoredValue::new(0),
            awaits_frame: StoredValue::new(false),
            worker: StoredValue::new_local(None),
        }
    }

    /// Starts the worker, replacing one that runs.
    pub fn start_worker(self) {
        let address = crate::parts::part("worker", &[]).as_string().unwrap_or_default();
        self.worker.update_value(|old| {
            if let Some(old) = old.take() {
                old.terminate();
            }
        });
        self.state.set(RunState::Starting);
        self.loaded.set(None);
        self.awaits_frame.set_value(false);
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let Ok(worker) = Worker::new_with_options(&address, &options) else {
            self.lose("this browser cannot start a worker");
            return;
        };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            // The engine's last words are text; everything else is bytes.
            if let Some(words) = event.data().as_string() {
                self.lose(&words);
            } else if !event.data().is_instance_of::<js_sys::Uint8Array>() {
                // An answer to one of the late views: see `www/src/engine.js`.
            } else if let Some(replies) =
                decode::<Vec<Reply>>(&js_sys::Uint8Array::new(&event.data()).to_vec())
            {
                replies.into_iter().for_each(|reply| self.receive(reply));
            } else {
                self.lose("the engine sent no reply that this page knows");
            }
        });
        let on_error =
            Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| self.lose(&event.message()));
        worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        crate::parts::part("connect", &[&worker]);
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        self.worker.set_value(Some(worker));
    }

    /// Runs the snippet: on from where it stands, or from the start when it has ended or was edited.
    pub fn run(self) {
        self.load_if_needed();
        self.send(&Command::Run);
    }

    /// Stops between two instructions.
    pub fn pause(self) {
        self.send(&Command::Pause);
    }

    /// Runs to the next line.
    pub fn step(self) {
        self.load_if_needed();
        self.send(&Command::Step);
    }

    /// Runs until something is there: a collection, a promotion.
    pub fn run_to(self, goal: &Command) {
        self.load_if_needed();
        self.send(goal);
    }

    /// Runs to a line: a breakpoint for once.
    pub fn run_to_line(self, line: u32) {
        self.load_if_needed();
        let mut lines = self.breakpoints.get_untracked();
        lines.push(line);
        self.send(&Command::SetBreakpoints { lines });
        self.send(&Command::Run);
    }

    /// Collects new space.
    pub fn scavenge(self) {
        self.send(&Command::Scavenge);
    }

    /// Collects the whole heap.
    pub fn full_gc(self) {
        self.send(&Command::FullGc);
    }

    /// Begins a collection in slow motion.
    pub fn start_collection(self, kind: CollectionKind) {
        self.send(&Command::StartCollection { kind });
    }

    /// Goes on with it.
    pub fn step_collection(self, unit: StepUnit) {
        self.send(&Command::StepCollection { unit });
    }

    /// Goes back to an earlier moment.
    pub fn rewind(self, instructions: f64) {
        self.send(&Command::Rewind { instructions });
    }

    /// Asks why a collection ran.
    pub fn explain(self, number: u32) {
        self.send(&Command::Explain { number });
        self.explained_page.set(None);
    }

    /// Asks why the object at an address lies where it does.
    pub fn explain_object(self, address: u32) {
        self.send(&Command::ExplainObject { address });
        self.explained_page.set(None);
    }

    /// Asks why the page that an address lies on is there.
    pub fn explain_page(self, address: u32) {
        self.send(&Command::ExplainPage { address });
        self.explained_page.set(Some(address));
    }

    /// Asks why the limits are what they are.
    pub fn explain_limits(self) {
        self.send(&Command::ExplainLimits);
        self.explained_page.set(None);
    }

    /// Asks for the object at an address.
    pub fn inspect(self, address: u32) {
        self.send(&Command::Inspect { address });
    }

    /// Asks for the objects of some ranges of addresses.
    pub fn request_objects(self, ranges: Vec<(u32, u32)>) {
        self.send(&Command::RequestObjects { ranges });
    }

    /// Asks what is wrong with the text in the editor.
    pub fn check(self) {
        let source = match self.open_file.get_untracked() {
            0 => Some(self.source.get_untracked()),
            number => self.files.with_untracked(|files| {
                let file = files.get(number as usize - 1).filter(|file| !file.name.ends_with(".json"));
                file.map(|file| file.text.clone())
            }),
        };
        match source {
            Some(source) => self.send(&Command::Check { source }),
            None => self.problem.set(None),
        }
    }

    /// Runs the same snippet under another profile and the sizes that are given, beside this run.
    pub fn compare(self, profile: String, semi_space_mb: Option<u32>, old_space_mb: Option<u32>) {
        let own = self.limits.get_untracked();
        let max_semi_space_mb = semi_space_mb.or(own.max_semi_space_mb);
        let limits = Limits {
            max_semi_space_mb,
            min_semi_space_mb: own
                .min_semi_space_mb
                .filter(|&least| max_semi_space_mb.is_none_or(|most| least <= most)),
            max_old_space_mb: old_space_mb.or(own.max_old_space_mb),
        };
        let settings = Settings { profile, limits, ..self.settings() };
        self.comparison.set(Some((Totals::default(), Vec::new())));
        self.send(&Command::Compare(settings));
    }

    /// Forgets the other run.
    pub fn end_comparison(self) {
        self.comparison.set(None);
        self.send(&Command::EndComparison);
    }

    /// Everything that a run depends on.
    #[must_use]
    pub fn settings(self) -> Settings {
        Settings {
            source: self.source.get_untracked(),
            files: self.files.get_untracked(),
            records_sites: false,
            profile: self.profile.get_untracked(),
            seed: self.seed.get_untracked(),
            limits: self.limits.get_untracked(),
        }
    }

    /// Starts again from the editor's text.
    pub fn load(self) {
        let settings = Settings { records_sites: self.wants_sites(), ..self.settings() };
        self.output.set(Vec::new());
        self.dropped.set_value(0);
        self.event.set(String::new());
        self.samples.set(Vec::new());
        self.log.set(Vec::new());
        self.explanation.set(None);
        self.selected.set(None);
        self.comparison.set(None);
        crate::parts::part("beginRun", &[]);
        self.send(&Command::Load(settings.clone()));
        self.send_breakpoints();
        self.loaded.set(Some(settings));
    }

    fn wants_sites(self) -> bool {
        self.shows_heat.get_untracked()
    }

    fn load_if_needed(self) {
        if self.must_load() {
            self.load();
        } else {
            self.send_breakpoints();
        }
    }

    fn send_breakpoints(self) {
        self.send(&Command::SetBreakpoints { lines: self.breakpoints.get_untracked() });
    }

    /// Chooses the speed of `run`; `None` is full speed.
    pub fn set_speed(self, instructions_per_second: Option<u32>) {
        self.speed.set(instructions_per_second);
        self.send(&Command::SetSpeed { instructions_per_second });
    }

    /// Whether the next run starts from the beginning.
    #[must_use]
    pub fn must_load(self) -> bool {
        let is_fresh = self.state.with_untracked(|state| *state == RunState::Ready);
        let is_edited = self.loaded.with_untracked(|loaded| {
            loaded.as_ref().is_none_or(|loaded| {
                // What is counted can be chosen until the first instruction has run.
                let records_sites = if is_fresh { self.wants_sites() } else { loaded.records_sites };
                *loaded != Settings { records_sites, ..self.settings() }
            })
        });
        let can_go_on =
            |state: &RunState| matches!(state, RunState::Ready | RunState::Running | RunState::Paused);
        is_edited || !self.state.with_untracked(can_go_on)
    }

    /// Takes a reply in, as the worker's message handler does.
    pub fn receive(self, reply: Reply) {
        match reply {
            Reply::Started { profiles } => self.started(profiles),
            Reply::State { state } => {
                self.state.set(state);
                self.request_frame();
            }
            Reply::Output { chunks } => {
                let dropped = self.output.try_update(|output| append(output, chunks)).unwrap_or_default();
                self.dropped.update_value(|so_far| *so_far += dropped);
            }
            Reply::Frame(frame) => self.show(frame),
            Reply::Checked { problem } => {
                let file = self.open_file.get_untracked();
                self.problem.set(problem.map(|problem| Diagnostic { file, ..problem }));
            }
            Reply::Explained(explanation) => self.explanation.set(Some(explanation)),
            Reply::Objects(objects) => self.objects.set(objects),
            Reply::Object { details } => self.selected.set(details),
            Reply::Rewound { instructions, printed, .. } => self.forget_after(instructions, printed as usize),
            Reply::Compared(totals) => self.comparison.update(|comparison| {
                if let Some((shown, samples)) = comparison {
                    samples.extend_from_slice(&totals.samples);
                    thin(samples);
                    *shown = totals;
                }
            }),
        }
    }

    fn started(self, profiles: Vec<ProfileChoice>) {
        let first = profiles.first().map(|profile| profile.name.clone()).unwrap_or_default();
        let is_known =
            |name: &String| !name.is_empty() && profiles.iter().any(|profile| profile.name == *name);
        if !self.profile.with_untracked(is_known) {
            self.profile.set(first);
        }
        self.profiles.set(profiles);
        self.send(&Command::SetSpeed { instructions_per_second: self.speed.get_untracked() });
        self.load();
    }

    fn forget_after(self, instructions: f64, printed: usize) {
        let mut at_ms = 0.0;
        self.samples.update(|samples| {
            samples.retain(|sample| sample.instructions <= instructions);
            at_ms = samples.last().map_or(0.0, |last| last.at_ms);
        });
        self.log.update(|log| log.retain(|entry| entry.at_ms <= at_ms));
        self.event.set(String::new());
        self.selected.set(None);
        let keep = printed.saturating_sub(self.dropped.get_value());
        self.output.update(|output| cut_to(output, keep));
    }

    fn show(self, frame: Frame) {
        self.awaits_frame.set_value(false);
        let sentence = sentence(&self.counters.get_untracked(), &frame.counters);
        if let Some(sentence) = sentence {
            self.event.set(sentence);
        }
        self.counters.set(frame.counters);
        self.position.set(frame.position);
        if !frame.samples.is_empty() {
            self.samples.update(|samples| {
                samples.extend_from_slice(&frame.samples);
                thin(samples);
            });
        }
        if !frame.log.is_empty() {
            self.log.update(|log| {
                log.extend(frame.log);
                let excess = log.len().saturating_sub(LOG_LIMIT);
                log.drain(..excess);
            });
        }
        self.collection.set(frame.collection);
        self.picture.set(Picture::new(frame.picture));
        self.is_traced.set(frame.is_traced);
        self.pictures.update(|count| *count = count.wrapping_add(1));
        if self.state.with_untracked(|state| *state == RunState::Running) {
            request_animation_frame(move || self.request_frame());
        } else if let Some((id, address)) =
            self.selected.with_untracked(|found| found.as_ref().map(|object| (object.id, object.address)))
        {
            let has_id = id > 0.0;
            self.send(&if has_id { Command::Follow { id } } else { Command::Inspect { address } });
        }
    }

    fn request_frame(self) {
        if !self.awaits_frame.get_value() {
            self.awaits_frame.set_value(true);
            self.send(&Command::RequestFrame);
        }
    }

    fn send(self, command: &Command) {
        let bytes = js_sys::Uint8Array::from(encode(command).as_slice());
        let posted =
            self.worker.with_value(|worker| worker.as_ref().map(|worker| worker.post_message(&bytes)));
        if let Some(Err(error)) = posted {
            self.lose(&format!("{error:?}"));
        }
    }

    fn lose(self, message: &str) {
        self.state.set(RunState::Lost { message: message.to_owned() });
    }
}

/// Keeps every second sample when there are too many; the newest stays.
fn thin(samples: &mut Vec<Sample>) {
    if samples.len() > SAMPLE_LIMIT {
        let last = samples.len() % 2;
        let mut index = 0;
        samples.retain(|_| {
            index += 1;
            index % 2 == last
        });
    }
}

/// Keeps the first bytes of the text.
fn cut_to(output: &mut Vec<OutputChunk>, mut keep: usize) {
    for chunk in output.iter_mut() {
        let end = chunk.text.floor_char_boundary(keep.min(chunk.text.len()));
        keep -= end;
        chunk.text.truncate(end);
    }
    output.retain(|chunk| !chunk.text.is_empty());
}

/// Adds chunks, joining those of one stream, and keeps within [`CONSOLE_LIMIT`]; returns how many bytes it dropped.
fn append(output: &mut Vec<OutputChunk>, chunks: Vec<OutputChunk>) -> usize {
    for chunk in chunks {
        match output.last_mut() {
            Some(last) if last.stream == chunk.stream => last.text.push_str(&chunk.text),
            _ => output.push(chunk),
        }
    }
    let length = output.iter().map(|chunk| chunk.text.len()).sum::<usize>();
    let mut excess = length.saturating_sub(CONSOLE_LIMIT);
    while let Some(first) = output.first_mut().filter(|_| excess > 0) {
        if first.text.len() <= excess {
            excess -= first.text.len();
            output.remove(0);
        } else {
            let cut = first.text.ceil_char_boundary(excess);
            first.text.drain(..cut);
            excess = 0;
        }
    }
    length - output.iter().map(|chunk| chunk.text.len()).sum::<usize>()
}

/// What the collections between two frames did, or `None` when there was none.
fn sentence(before: &Counters, after: &Counters) -> Option<String> {
    use crate::format::{bytes, plural};
    let promoted = bytes(after.promoted_bytes - before.promoted_bytes);
    if after.mark_compacts > before.mark_compacts {
        let number = crate::format::count(after.mark_compacts);
        return Some(format!("Full collection {number} leaves {} in use.", bytes(after.heap_used)));
    }
    let scavenges = after.scavenges - before.scavenges;
    if scavenges <= 0.0 {
        return None;
    }
    let copied = bytes(after.semi_space_copied_bytes - before.semi_space_copied_bytes);
    Some(if scavenges == 1.0 {
        let number = crate::format::count(after.scavenges);
        format!("Scavenge {number} copies {copied} into to-space and promotes {promoted} to old space.")
    } else {
        let many = plural(scavenges as usize, "scavenge");
        format!("{many} copy {copied} into to-space and promote {promoted} to old space.")
    })
}
