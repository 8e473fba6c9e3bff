//! Samples of the stack at regular moments of virtual time, for CPU profiles.
//!
//! While somebody records, the interpreter's slices end where a sample is due; at the next call or backward jump the stack
//! is noted. What is due depends on the instructions of the run alone, not on how it is sliced, so profiles are the same
//! each time. Functions of the prelude count for whoever called them.

use semispace_monitor::{Callee, CpuProfile, ProfiledFunction};

use super::Vm;
use super::call::Link;
use super::roots::NANOSECONDS_PER_INSTRUCTION;
use crate::diagnostic::Place;

/// Instructions between two samples when nobody says otherwise: V8's 1000 µs.
const INTERVAL: u64 = 1_000_000 / NANOSECONDS_PER_INSTRUCTION;
/// Samples that one profile may have; later ones are not kept.
const MOST_SAMPLES: usize = 4_000_000;

/// The profiles that are being recorded.
#[derive(Clone, Debug)]
pub(crate) struct CpuProfiler {
    interval: u64,
    /// The number of instructions at which the next sample is due
    due: u64,
    running: Vec<(String, CpuProfile)>,
    /// Instructions, skipped time and pauses at the last sample
    last: Clock,
}

#[derive(Clone, Copy, Debug, Default)]
struct Clock {
    instructions: u64,
    skipped_ns: u64,
    pauses_ns: u64,
}

impl Clock {
    const fn total_ns(self) -> u64 {
        self.instructions * NANOSECONDS_PER_INSTRUCTION + self.skipped_ns + self.pauses_ns
    }
}

impl Default for CpuProfiler {
    fn default() -> Self {
        Self { interval: INTERVAL, due: u64::MAX, running: Vec::new(), last: Clock::default() }
    }
}

impl Vm {
    /// Microseconds of virtual time between two samples. False while something is recorded.
    pub(crate) fn set_profile_interval(&mut self, microseconds: u64) -> bool {
        let idle = self.profiler.running.is_empty();
        if idle {
            self.profiler.interval = (microseconds * 1000 / NANOSECONDS_PER_INSTRUCTION).max(1);
        }
        idle
    }

    /// Begins a profile of this name; one that is recorded already goes on.
    pub fn start_cpu_profile(&mut self, title: &str) {
        if self.profiler.running.iter().any(|(name, _)| name == title) {
            return;
        }
        self.take_sample();
        let now = self.profile_clock();
        if self.profiler.running.is_empty() {
            self.profiler.due = now.instructions + self.profiler.interval;
            self.profiler.last = now;
            // The slice under way ends where the first sample is due.
            let excess = (self.roots.fuel - self.profiler.interval as i64).max(0);
            self.roots.fuel -= excess;
            self.roots.slice -= excess;
        }
        self.profiler.running.push((title.to_owned(), CpuProfile::new(now.total_ns())));
    }

    /// Ends the profile of this name.
    pub fn stop_cpu_profile(&mut self, title: &str) -> Option<CpuProfile> {
        let at = self.profiler.running.iter().position(|(name, _)| name == title)?;
        self.take_sample();
        let (_, mut profile) = self.profiler.running.remove(at);
        if self.profiler.running.is_empty() {
            self.profiler.due = u64::MAX;
        }
        profile.describe(|number| self.profiled_function(number as usize));
        Some(profile)
    }

    fn profile_clock(&self) -> Clock {
        let used = (self.roots.slice - self.roots.fuel).max(0) as u64;
        Clock {
            instructions: self.roots.instructions + used,
            skipped_ns: self.roots.tasks.skipped_ns,
            pauses_ns: self.heap.stats().total_pause_ns,
        }
    }

    /// How many instructions may run before the next sample is due.
    #[inline]
    pub(super) fn until_sample(&self) -> i64 {
        self.profiler.due.saturating_sub(self.roots.instructions).clamp(1, i64::MAX as u64) as i64
    }

    /// Between two slices: takes a sample if one is due.
    #[inline]
    pub(super) fn sample_if_due(&mut self) {
        if self.roots.instructions >= self.profiler.due {
            self.take_sample();
            // On the grid, so that slices of any size meet the same moments.
            let behind = self.roots.instructions - self.profiler.due;
            self.profiler.due += (behind / self.profiler.interval + 1) * self.profiler.interval;
        }
    }

    #[cold]
    #[inline(never)]
    fn take_sample(&mut self) {
        if self.profiler.running.is_empty() {
            return;
        }
        let now = self.profile_clock();
        let last = std::mem::replace(&mut self.profiler.last, now);
        let (stack, line) = self.profiled_stack();
        let waited = now.skipped_ns - last.skipped_ns;
        let paused = now.pauses_ns - last.pauses_ns;
        let ran = (now.instructions - last.instructions) * NANOSECONDS_PER_INSTRUCTION;
        for (_, profile) in &mut self.profiler.running {
            if profile.sample_count() >= MOST_SAMPLES {
                continue;
            }
            for (callee, passed) in [(Callee::Idle, waited), (Callee::Collector, paused)] {
                if passed > 0 {
                    profile.sample(&[callee], 0, passed);
                }
            }
            profile.sample(&stack, line, ran);
        }
    }

    /// The calls of the user's own functions, outermost first, and the line where the innermost stands.
    fn profiled_stack(&self) -> (Vec<Callee>, u32) {
        let roots = &self.roots;
        let (mut base, mut pc, mut top) = (roots.base, roots.pc, roots.top().min(roots.stack.len()));
        let (mut stack, mut line) = (Vec::new(), 0);
        while top > base && !self.finished {
            let number = self.infos.partition_point(|info| info.entry as usize <= pc).checked_sub(1);
            if let Some(number) =
                number.filter(|_| self.source_of(pc).is_some_and(|source| source.is_visible()))
            {
                if stack.is_empty() {
                    line = self.place(pc).map_or(0, |(_, place)| place.line);
                }
                stack.push(Callee::Function(number as u32));
            }
            let link = Link::from_word(roots.stack[base]);
            if link.flags() & Link::ENTRY != 0 || base < link.distance() || link.distance() == 0 {
                break;
            }
            (top, base, pc) = (base, base - link.distance(), link.pc());
        }
        if stack.is_empty() {
            stack.push(Callee::Program);
        }
        stack.reverse();
        (stack, line)
    }

    fn profiled_function(&self, number: usize) -> ProfiledFunction {
        let Some(info) = self.infos.get(number) else { return ProfiledFunction::default() };
        let source = &self.sources[info.source as usize];
        let Place { line, column } = Place::of(&source.text, info.span.0);
        let name = if self.is_script(info) { String::new() } else { self.atom_text(info.name) };
        ProfiledFunction { name, url: source.file.to_string(), script_id: info.source, line, column }
    }
}
