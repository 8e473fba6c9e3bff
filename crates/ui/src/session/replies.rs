//! What becomes of the worker's replies.

use super::Session;
use leptos::prelude::*;
use semispace_protocol::{
    Command, Counters, Diagnostic, Frame, OutputChunk, Picture, ProfileChoice, Reply, RunState, Sample,
};

/// Console text beyond this many characters is dropped from the front.
const CONSOLE_LIMIT: usize = 200_000;
/// Log lines that are kept.
const LOG_LIMIT: usize = 5_000;
/// Samples that are kept; above it every second one goes.
const SAMPLE_LIMIT: usize = 3_000;

impl Session {
    /// Takes a reply in, as the worker's message handler does.
    pub fn receive(self, reply: Reply) {
        match reply {
            Reply::Started { profiles } => self.started(profiles),
            Reply::State { state } => {
                if state == RunState::Ready {
                    self.told.set_value(Counters::default());
                }
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
        if let Some(sentence) = self.told.with_value(|told| sentence(told, &frame.counters)) {
            self.event.set(sentence);
        }
        self.told.set_value(frame.counters);
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
