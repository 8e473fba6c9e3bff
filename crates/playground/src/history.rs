//! Going back in time: a session is data, so a moment can be kept by cloning it, and any later moment is reached again by
//! running on from there. Same instructions, same bytes.

use crate::session::Session;
use semispace_script::vm::CollectorPace;

/// Moments kept.
const MOST: usize = 12;
/// Bytes that the kept moments may take together.
const MOST_BYTES: u64 = 160 << 20;
/// Largest heap that is kept while it runs: cloning it must not delay an answer to the person who watches.
const MOST_BYTES_RUNNING: u64 = 32 << 20;
/// Instructions between two moments at first.
const FIRST_SPACING: u64 = 250_000;

/// Moments of a run, from which every other one can be reached again.
#[derive(Debug, Default)]
pub struct History {
    moments: Vec<Moment>,
    spacing: u64,
}

#[derive(Debug)]
struct Moment {
    instructions: u64,
    session: Session,
    /// A person has acted on the session here, which running alone does not repeat.
    is_pinned: bool,
}

impl History {
    /// A history that begins with this session.
    pub fn of(session: &Session) -> Self {
        let mut history = Self { moments: Vec::new(), spacing: FIRST_SPACING };
        history.keep(session, true);
        history
    }

    /// Instructions at the first moment, which stands before the program.
    pub fn start(&self) -> u64 {
        self.moments.first().map_or(0, |moment| moment.instructions)
    }

    /// Keeps this moment, if the last one is long enough ago.
    pub fn note(&mut self, session: &Session) {
        let last = self.moments.last().map_or(0, |moment| moment.instructions);
        if session.instructions() >= last + self.spacing
            && !session.is_in_collection()
            && session.heap().committed_bytes() <= MOST_BYTES_RUNNING
        {
            self.keep(session, false);
        }
    }

    /// Keeps this moment, because a person has acted on the session: collected, stepped.
    pub fn pin(&mut self, session: &Session) {
        self.keep(session, true);
    }

    /// A moment of a heap that takes half of the room is not kept: it is reached again from an earlier one.
    fn keep(&mut self, session: &Session, is_pinned: bool) {
        if session.heap().committed_bytes() > MOST_BYTES / 2 {
            return;
        }
        let instructions = session.instructions();
        self.moments.retain(|moment| moment.instructions != instructions || (moment.is_pinned && !is_pinned));
        self.moments.push(Moment { instructions, session: session.clone(), is_pinned });
        self.thin();
    }

    /// Every second moment goes, and the next ones come half as often, until the rest is few and small enough.
    fn thin(&mut self) {
        while self.moments.len() > 2 && (self.moments.len() > MOST || self.bytes() > MOST_BYTES) {
            let before = self.moments.len();
            let last = before - 1;
            let mut index = 0;
            self.moments.retain(|moment| {
                index += 1;
                moment.is_pinned || index % 2 == 1 || index > last
            });
            self.spacing = self.spacing.saturating_mul(2);
            if self.moments.len() == before {
                // All are pinned: the oldest but the first must go.
                self.moments.remove(1);
            }
        }
    }

    fn bytes(&self) -> u64 {
        self.moments.iter().map(|moment| moment.session.heap().committed_bytes()).sum()
    }

    /// The session as it was when so many instructions had run; what came later is forgotten.
    pub fn rewind(&mut self, instructions: u64) -> Option<Session> {
        let first = self.moments.first()?.instructions;
        let wanted = instructions.max(first);
        self.moments.retain(|moment| moment.instructions <= wanted);
        let moment = self.moments.last()?;
        let mut session = moment.session.clone();
        session.set_collector_pace(CollectorPace::default());
        let missing = wanted - moment.instructions;
        if missing > 0 {
            session.run(missing);
        }
        Some(session)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SessionConfig;

    const SOURCE: &str = "const kept = []; for (let i = 0; i < 60000; i++) { kept.push({ i }); if (i % 20000 === 0) console.log(i); }";

    fn run_with_history(portion: u64) -> (Session, History) {
        let mut session =
            Session::new(SessionConfig { source: SOURCE.to_owned(), ..SessionConfig::default() }).unwrap();
        let mut history = History::of(&session);
        while *session.state() == crate::RunState::Paused {
            session.run(portion);
            history.note(&session);
        }
        (session, history)
    }

    #[test]
    fn every_moment_is_reached_again() {
        let (end, mut history) = run_with_history(40_000);
        for share in [3, 2, 1] {
            let wanted = end.instructions() * share / 4;
            let mut rewound = history.rewind(wanted).unwrap();
            // A run stops at the next call or backward jump.
            assert!((wanted..wanted + 1000).contains(&rewound.instructions()));
            rewound.run(u64::MAX);
            assert_eq!((rewound.stats(), rewound.printed()), (end.stats(), end.printed()));
        }
        let mut again = history.rewind(0).unwrap();
        again.run(u64::MAX);
        assert_eq!(again.stats(), end.stats());
    }

    #[test]
    fn what_a_person_did_is_not_lost() {
        let (mut session, mut history) = run_with_history(100_000);
        session.full_gc();
        history.pin(&session);
        let rewound = history.rewind(session.instructions()).unwrap();
        assert_eq!(rewound.stats(), session.stats());
    }

    #[test]
    fn few_moments_are_kept() {
        let (_, history) = run_with_history(5_000);
        assert!((2..=MOST).contains(&history.moments.len()), "{}", history.moments.len());
    }
}
