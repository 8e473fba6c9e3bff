//! What is found out of a heap that stands still: which objects are unreachable, its picture, what refers to an object. Each
//! takes a walk over the heap, and a heap of gigabytes takes seconds to walk: so all of it is done in portions, between which
//! the worker hears what the person wants next.

use crate::objects;
use crate::picture::{Painting, View};
use semispace_playground::heap::{Reached, ReferrerSearch, Trace};
use semispace_playground::{Inspection, Session};
use semispace_protocol::{Command, Reply};

/// Words that are traced between two looks at the clock.
const WORDS: u32 = 50_000;

/// What is known of the heap at rest, and what is being found out. Dropped when anything changes the heap.
#[derive(Default)]
pub struct Still {
    trace: Knowledge,
    painting: Option<Painting>,
    search: Option<ReferrerSearch>,
}

#[derive(Default)]
enum Knowledge {
    #[default]
    Unasked,
    Tracing(Trace),
    /// Nothing between the steps of a collection.
    Known(Option<Reached>),
}

impl Still {
    /// Finds out what is unreachable; true when that is known.
    pub fn trace_on(&mut self, session: &Session, is_late: impl Fn() -> bool) -> bool {
        loop {
            self.trace = match std::mem::take(&mut self.trace) {
                Knowledge::Unasked => match session.begin_trace() {
                    Some(trace) => Knowledge::Tracing(trace),
                    None => Knowledge::Known(None),
                },
                Knowledge::Tracing(mut trace) => match session.heap().trace_on(&mut trace, WORDS) {
                    true => Knowledge::Known(Some(trace.finish())),
                    false => Knowledge::Tracing(trace),
                },
                known => {
                    self.trace = known;
                    return true;
                }
            };
            if is_late() {
                return matches!(self.trace, Knowledge::Known(_));
            }
        }
    }

    /// The picture, when it is done.
    pub fn paint_on(&mut self, session: &Session, is_late: impl Fn() -> bool) -> Option<Vec<u8>> {
        let mut painting = self.painting.take().unwrap_or_else(|| Painting::new(session, View::Close));
        if painting.paint_on(session, self.reached(), is_late) {
            return Some(painting.finish());
        }
        self.painting = Some(painting);
        None
    }

    /// The answer to a question about objects, when it is there.
    pub fn answer_on(
        &mut self,
        session: &mut Session,
        question: &Command,
        is_late: impl Fn() -> bool,
    ) -> Option<Reply> {
        let word_bytes = session.heap().config().profile.word_bytes;
        let word = match *question {
            Command::RequestObjects { ref ranges } => {
                return Some(Reply::Objects(objects::list(session, ranges, self.reached())));
            }
            Command::Inspect { address } => Some(address / word_bytes),
            Command::Follow { id } => session.find_id(id as u64).map(|at| at.offset()),
            _ => None,
        };
        let nobody = Reply::Object { details: None };
        let Some(word) = word else { return Some(nobody) };
        if session.heap().is_collecting() {
            return Some(self.told(session, session.inspect_in_collection(word)));
        }
        let Some(mut search) = self.search.take().or_else(|| session.begin_referrer_search(word)) else {
            return Some(nobody);
        };
        while !session.heap().search_on(&mut search) {
            if is_late() {
                self.search = Some(search);
                return None;
            }
        }
        let found = session.inspect(word, search);
        Some(self.told(session, found))
    }

    fn told(&self, session: &Session, found: Option<Inspection>) -> Reply {
        Reply::Object { details: found.map(|found| objects::details(session, found, self.reached())) }
    }

    fn reached(&self) -> Option<&Reached> {
        match &self.trace {
            Knowledge::Known(reached) => reached.as_ref(),
            _ => None,
        }
    }
}
