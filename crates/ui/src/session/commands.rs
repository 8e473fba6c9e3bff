//! What the views ask of the worker.

use super::Session;
use leptos::prelude::*;
use semispace_protocol::{CollectionKind, Command, Limits, RunState, Settings, StepUnit, Totals};

impl Session {
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
}
