//! What the page gets to see: output, samples, pictures, answers. While the session runs, at a bounded share of its time; at
//! rest, everything that can be found out.

use super::{Engine, now_ms};
use crate::convert::{self, counters_of};
use crate::picture;
use crate::still::Still;
use semispace_protocol::{Frame, Reply};

/// Making pictures may take at most this share of the time, so that watching does not slow the run down.
const PICTURE_SHARE: f64 = 0.01;
/// How long a portion of looking at a heap at rest takes, in milliseconds.
const LOOK_MS: f64 = 8.0;
/// After so long without the picture of a heap at rest the page gets one that lacks what is unreachable.
const PATIENCE_MS: f64 = 60.0;

impl Engine {
    /// Adds what was printed and, if the page waits for it and its time has come, the heap's picture, and what was asked about
    /// objects.
    pub(super) fn report(&mut self, replies: &mut Vec<Reply>) {
        let Some(session) = &mut self.session else {
            self.questions.clear();
            if std::mem::take(&mut self.wants_frame) {
                replies.push(Reply::Frame(Frame { is_traced: true, ..Frame::default() }));
            }
            return;
        };
        let chunks: Vec<_> = session.take_output().into_iter().map(convert::chunk).collect();
        self.printed += chunks.iter().map(|chunk| chunk.text.len() as u64).sum::<u64>();
        if !chunks.is_empty() {
            replies.push(Reply::Output { chunks });
        }
        if self.is_running() {
            self.report_running(replies);
        } else {
            self.look(replies);
        }
    }

    fn report_running(&mut self, replies: &mut Vec<Reply>) {
        let Some(session) = &mut self.session else { return };
        for question in std::mem::take(&mut self.questions) {
            replies.extend(Still::default().answer_on(session, &question, || false));
        }
        let start = now_ms();
        if self.wants_frame && start >= self.next_picture {
            self.wants_frame = false;
            replies.extend(self.passing_frame().map(Reply::Frame));
            let end = now_ms();
            self.next_picture = end + (end - start) * (1.0 / PICTURE_SHARE - 1.0);
        }
    }

    /// Looks at the heap at rest for a while: the trace, then the picture, then the questions.
    fn look(&mut self, replies: &mut Vec<Reply>) {
        if !self.wants_frame && self.questions.is_empty() {
            return;
        }
        let Some(session) = &mut self.session else { return };
        let start = now_ms();
        let is_late = || now_ms() - start > LOOK_MS;
        if self.still.is_none() {
            self.looks_since = Some(start);
        }
        let still = self.still.get_or_insert_default();
        if !still.trace_on(session, is_late) {
            let is_overdue = self.looks_since.is_some_and(|since| start - since > PATIENCE_MS);
            if self.wants_frame && is_overdue {
                self.looks_since = None;
                let frame = self.passing_frame().map(|frame| Frame { is_traced: false, ..frame });
                replies.extend(frame.map(Reply::Frame));
            }
            return;
        }
        if self.wants_frame {
            let Some(picture) = still.paint_on(session, is_late) else { return };
            self.wants_frame = false;
            replies.extend(self.frame(picture).map(Reply::Frame));
        }
        while let Some(question) = self.questions.front()
            && let Some(session) = &mut self.session
            && let Some(still) = &mut self.still
        {
            let Some(answer) = still.answer_on(session, question, is_late) else { return };
            replies.push(answer);
            self.questions.pop_front();
            if is_late() {
                return;
            }
        }
    }

    /// The heap as it is, without a look at what is unreachable.
    pub(super) fn passing_frame(&mut self) -> Option<Frame> {
        let picture = picture::of_session(self.session.as_ref()?, picture::View::Fast);
        self.frame(picture)
    }

    fn frame(&mut self, picture: Vec<u8>) -> Option<Frame> {
        let (samples, log) = (std::mem::take(&mut self.samples), std::mem::take(&mut self.log));
        let session = self.session.as_ref()?;
        Some(Frame {
            counters: counters_of(session),
            position: convert::position(session),
            picture,
            is_traced: true,
            samples,
            log,
            collection: session.stage().map(|stage| convert::stage(session, stage)),
        })
    }
}
