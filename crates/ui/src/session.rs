//! The line to the worker: commands go out, replies become signals.

use leptos::prelude::*;
use semispace_protocol::{
    Command, Counters, Frame, OutputChunk, Picture, Position, ProfileChoice, Reply, RunState, Settings,
};
use serde::Serialize;
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

/// Console text beyond this many characters is dropped from the front.
const CONSOLE_LIMIT: usize = 200_000;

/// What the views read, and how they act on the session. Copies stand for the same session.
#[derive(Clone, Copy)]
pub struct Session {
    /// Where the session stands.
    pub state: RwSignal<RunState>,
    /// The profiles that the engine offers, the default one first.
    pub profiles: RwSignal<Vec<ProfileChoice>>,
    /// The chosen profile's name.
    pub profile: RwSignal<String>,
    /// The text in the editor.
    pub source: RwSignal<String>,
    /// Instructions a second; `None` is full speed.
    pub speed: RwSignal<Option<u32>>,
    /// The heap's numbers in the newest frame.
    pub counters: RwSignal<Counters>,
    /// Where the session stands in the snippet, in the newest frame.
    pub position: RwSignal<Option<Position>>,
    /// The heap's occupancy in the newest frame.
    pub picture: RwSignal<Picture>,
    /// What the snippet has printed.
    pub output: RwSignal<Vec<OutputChunk>>,
    /// One sentence on the last collection.
    pub event: RwSignal<String>,
    loaded: RwSignal<Option<Settings>>,
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
            source: RwSignal::new(source.to_owned()),
            speed: RwSignal::new(Some(crate::controls::FIRST_SPEED)),
            counters: RwSignal::default(),
            position: RwSignal::default(),
            picture: RwSignal::default(),
            output: RwSignal::default(),
            event: RwSignal::default(),
            loaded: RwSignal::default(),
            awaits_frame: StoredValue::new(false),
            worker: StoredValue::new_local(None),
        }
    }

    /// Starts the worker at this address, replacing one that runs.
    pub fn start_worker(self, address: &str) {
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
        let Ok(worker) = Worker::new_with_options(address, &options) else {
            self.lose("this browser cannot start a worker");
            return;
        };
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            match serde_wasm_bindgen::from_value::<Reply>(event.data()) {
                Ok(reply) => self.receive(reply),
                Err(error) => self.lose(&error.to_string()),
            }
        });
        let on_error =
            Closure::<dyn FnMut(ErrorEvent)>::new(move |event: ErrorEvent| self.lose(&event.message()));
        worker.set_onmessage(Some(on_message.into_js_value().unchecked_ref()));
        worker.set_onerror(Some(on_error.into_js_value().unchecked_ref()));
        self.worker.set_value(Some(worker));
    }

    /// Runs the snippet: on from where it stands, or from the start when it has ended or was edited.
    pub fn run(self) {
        if self.must_load() {
            self.load();
        }
        self.send(&Command::Run);
    }

    /// Stops between two instructions.
    pub fn pause(self) {
        self.send(&Command::Pause);
    }

    /// Runs to the next line.
    pub fn step(self) {
        if self.must_load() {
            self.load();
        }
        self.send(&Command::Step);
    }

    /// Collects new space.
    pub fn scavenge(self) {
        self.send(&Command::Scavenge);
    }

    /// Collects the whole heap.
    pub fn full_gc(self) {
        self.send(&Command::FullGc);
    }

    /// Starts again from the editor's text.
    pub fn load(self) {
        let settings =
            Settings { source: self.source.get_untracked(), profile: self.profile.get_untracked(), seed: 1 };
        self.output.set(Vec::new());
        self.event.set(String::new());
        self.send(&Command::Load(settings.clone()));
        self.loaded.set(Some(settings));
    }

    /// Chooses the speed of `run`; `None` is full speed.
    pub fn set_speed(self, instructions_per_second: Option<u32>) {
        self.speed.set(instructions_per_second);
        self.send(&Command::SetSpeed { instructions_per_second });
    }

    /// Whether the next run starts from the beginning.
    #[must_use]
    pub fn must_load(self) -> bool {
        let is_edited = self.loaded.with(|loaded| {
            loaded.as_ref().is_none_or(|loaded| {
                self.source.with(|source| *source != loaded.source)
                    || self.profile.with(|profile| *profile != loaded.profile)
            })
        });
        is_edited
            || self
                .state
                .with(|state| !matches!(state, RunState::Ready | RunState::Running | RunState::Paused))
    }

    /// Takes a reply in, as the worker's message handler does.
    pub fn receive(self, reply: Reply) {
        match reply {
            Reply::Started { profiles } => {
                let first = profiles.first().map(|profile| profile.name.clone()).unwrap_or_default();
                self.profiles.set(profiles);
                self.profile.update(|chosen| {
                    if chosen.is_empty() {
                        *chosen = first;
                    }
                });
                self.send(&Command::SetSpeed { instructions_per_second: self.speed.get_untracked() });
                self.load();
            }
            Reply::State { state } => {
                self.state.set(state);
                self.request_frame();
            }
            Reply::Output { chunks } => self.output.update(|output| append(output, chunks)),
            Reply::Frame(frame) => self.show(frame),
        }
    }

    fn show(self, frame: Frame) {
        self.awaits_frame.set_value(false);
        let sentence = sentence(&self.counters.get_untracked(), &frame.counters);
        if let Some(sentence) = sentence {
            self.event.set(sentence);
        }
        self.counters.set(frame.counters);
        self.position.set(frame.position);
        self.picture.set(Picture::new(frame.picture));
        if self.state.with_untracked(|state| *state == RunState::Running) {
            request_animation_frame(move || self.request_frame());
        }
    }

    fn request_frame(self) {
        if !self.awaits_frame.get_value() {
            self.awaits_frame.set_value(true);
            self.send(&Command::RequestFrame);
        }
    }

    fn send(self, command: &Command) {
        let serializer = serde_wasm_bindgen::Serializer::json_compatible();
        let message = command.serialize(&serializer).unwrap_or(JsValue::NULL);
        let posted =
            self.worker.with_value(|worker| worker.as_ref().map(|worker| worker.post_message(&message)));
        if let Some(Err(error)) = posted {
            self.lose(&format!("{error:?}"));
        }
    }

    fn lose(self, message: &str) {
        self.state.set(RunState::Lost { message: message.to_owned() });
    }
}

/// Adds chunks, joining those of one stream, and keeps within [`CONSOLE_LIMIT`].
fn append(output: &mut Vec<OutputChunk>, chunks: Vec<OutputChunk>) {
    for chunk in chunks {
        match output.last_mut() {
            Some(last) if last.stream == chunk.stream => last.text.push_str(&chunk.text),
            _ => output.push(chunk),
        }
    }
    let mut excess = output.iter().map(|chunk| chunk.text.len()).sum::<usize>().saturating_sub(CONSOLE_LIMIT);
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
