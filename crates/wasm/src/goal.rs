//! What a run is to stop at, and how it gets there.

use crate::engine::now_ms;
use semispace_playground::{self as playground, Session, Stride};

/// What a run is to stop at, other than its end.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Goal {
    #[default]
    None,
    /// Collections so far, when the run began.
    Collection(u64),
    /// Promoted bytes so far, when the run began.
    Promotion(u64),
}

/// Collections so far.
pub(crate) fn collections(session: &Session) -> u64 {
    let stats = session.stats();
    stats.scavenges + stats.mark_compacts
}

/// What has become of a search in a collection that is stepped through.
pub(crate) enum Search {
    Found,
    GoesOn,
    Over,
}

/// Steps the collection under way, if there is one, on until it promotes an object.
pub(crate) fn step_to_promotion(session: &mut Session, start: f64, within_ms: f64) -> Search {
    while session.heap().is_collecting() && now_ms() - start < within_ms {
        session.step_collection(Stride::Unit);
        if session.last_step_promotes() {
            return Search::Found;
        }
    }
    if session.heap().is_collecting() { Search::GoesOn } else { Search::Over }
}

/// Instructions between two looks at whether the goal is reached. A run halts right behind a collection that waited for it, and
/// so far at most behind one that was made on the spot, for an object too large to wait.
const GOAL_PORTION: u64 = 2_000;

/// Runs about so many instructions, or until the goal is reached; true if it is.
pub(crate) fn run_to_goal(
    session: &mut Session,
    goal: Goal,
    instructions: u64,
) -> (playground::RunState, bool) {
    let mut left = instructions;
    loop {
        let state = session.run(left.min(GOAL_PORTION));
        let has_arrived = match goal {
            Goal::None => false,
            Goal::Collection(before) => session.heap().is_collection_due() || collections(session) > before,
            Goal::Promotion(before) => session.stats().promoted_bytes > before,
        };
        left = left.saturating_sub(GOAL_PORTION);
        if has_arrived || left == 0 || session.is_in_collection() || state != playground::RunState::Paused {
            return (state, has_arrived);
        }
    }
}
