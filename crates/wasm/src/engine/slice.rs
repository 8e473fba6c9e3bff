//! One slice of a run: as much as fits between two looks at the queue of messages.

use super::{Engine, now_ms};
use crate::convert::{self, state_at_rest};
use crate::goal::{Goal, Search, run_to_goal, step_to_promotion};
use semispace_playground::{self as playground, CollectorPace};
use semispace_protocol::RunState;

/// How long a slice should take, in milliseconds. A command waits for one slice at most.
const SLICE_MS: f64 = 24.0;
const SLICE_LIMITS: (u64, u64) = (500, 20_000_000);
/// Steps of a collection, or of a large store that grows, between two looks at the clock: about a millisecond.
const COLLECTOR_STEPS: u64 = 8;
/// Keeping moments to go back to may take at most this share of the time: what is missing is run again.
const HISTORY_SHARE: f64 = 0.005;
/// Collections whose records are kept for "Why?".
const RECORDS: usize = 20_000;

impl Engine {
    /// Runs as many instructions as fit a slice, or as the chosen speed allows.
    pub(super) fn run_slice(&mut self) -> RunState {
        let start = now_ms();
        let instructions = self.portion(start);
        let Some(session) = &mut self.session else { return RunState::Ready };
        if self.slowly && matches!(self.goal, Goal::Promotion(_)) {
            match step_to_promotion(session, start, SLICE_MS) {
                Search::Found => return RunState::Paused,
                Search::GoesOn => return RunState::Running,
                Search::Over => {}
            }
        }
        let halts_after = self.goal != Goal::None;
        let pace = CollectorPace { steps: COLLECTOR_STEPS, halts_before: self.slowly, halts_after };
        session.set_collector_pace(pace);
        let was_collecting = session.is_in_collection();
        let (state, has_arrived) = loop {
            let (state, has_arrived) = match self.goal {
                Goal::None => session.run_to_lines(&self.breakpoints, instructions),
                goal => run_to_goal(session, goal, instructions),
            };
            let goes_on = session.is_in_collection() && !self.slowly && !has_arrived;
            if !goes_on || now_ms() - start >= SLICE_MS {
                break (state, has_arrived);
            }
        };
        session.set_collector_pace(CollectorPace::default());
        if self.slowly {
            session.start_due_collection();
        }
        let is_collecting = session.is_in_collection();
        if instructions == self.slice && !was_collecting && !is_collecting {
            self.learn(now_ms() - start);
        }
        self.keep_moment();
        // In the middle of a collection the sizes say nothing: the records tell what it did.
        if !is_collecting {
            self.sample();
        }
        match state {
            playground::RunState::Paused if has_arrived => RunState::Paused,
            playground::RunState::Paused => RunState::Running,
            ended => state_at_rest(ended),
        }
    }

    /// Instructions of a slice that begins now.
    fn portion(&mut self, now: f64) -> u64 {
        let elapsed = (now - self.last_turn).clamp(1.0, 100.0);
        self.last_turn = now;
        let allowed =
            self.instructions_per_second.map(|speed| (f64::from(speed) * elapsed / 1e3).ceil() as u64);
        allowed.unwrap_or(self.slice).min(self.slice)
    }

    /// Learns from the time that a whole slice took.
    fn learn(&mut self, took: f64) {
        let share = SLICE_MS / took.max(0.1);
        let next = (self.slice as f64 * share.clamp(0.25, 2.0)) as u64;
        self.slice = next.clamp(SLICE_LIMITS.0, SLICE_LIMITS.1);
    }

    /// Keeps this moment to go back to, if there is time for it.
    fn keep_moment(&mut self) {
        let start = now_ms();
        if let Some(session) = self.session.as_ref().filter(|_| start >= self.next_moment) {
            self.history.note(session);
            let end = now_ms();
            self.next_moment = end + (end - start) * (1.0 / HISTORY_SHARE - 1.0);
        }
    }

    /// Notes the heap's sizes and the collections since the last time.
    pub(super) fn sample(&mut self) {
        let Some(session) = &mut self.session else { return };
        let records = session.take_collections();
        self.log.extend(records.iter().map(|record| convert::log_entry(session, record)));
        let before = self.last_sample;
        self.samples.extend(convert::samples_around(session, &records, before));
        self.last_sample = convert::sample(session);
        self.samples.push(self.last_sample);
        self.records.extend(records);
        let excess = self.records.len().saturating_sub(RECORDS);
        self.records.drain(..excess);
    }
}
