//! The line to the worker: commands go out ([`commands`]), replies become signals ([`replies`]).

mod commands;
mod replies;

use crate::details::Tab;
use leptos::prelude::*;
use semispace_protocol::{
    CollectionView, Command, Counters, Diagnostic, Explanation, Limits, LogEntry, ObjectDetails, ObjectList,
    OutputChunk, Picture, Position, ProfileChoice, Reply, RunState, Sample, Settings, SourceFile, Totals,
    decode, encode,
};
use wasm_bindgen::prelude::{Closure, JsCast};
use web_sys::{ErrorEvent, MessageEvent, Worker, WorkerOptions, WorkerType};

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
    /// The numbers of the newest frame of this run: the sentence tells what came after them.
    told: StoredValue<Counters>,
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
            told: StoredValue::default(),
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
