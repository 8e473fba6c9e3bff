//! Questions that grade a reader's answer: what keeps the value of an expression, and how high the heap has been.
//!
//! An expression is evaluated in a copy of the session, so that the run never notices. Its value is then let go, two full
//! collections run (the first may only finish one that is under way, which spares what died since it began), and what is
//! left of the value is looked up in a snapshot of the copy. So a WeakRef, a WeakMap or a `FinalizationRegistry` counts as
//! what it is, and the question itself holds nothing.

use semispace_heap::{CollectionKind, Reason};
use semispace_script::value;
use semispace_script::vm::evaluate::EvaluationError;
use semispace_snapshot::Snapshot;

use crate::session::{RunState, Session};

/// Instructions of one expression.
const BUDGET: u64 = 50_000_000;

/// What an expression gives, and what keeps that.
#[derive(Debug)]
pub struct Answer {
    /// The value in a few words: `undefined`, or the name of the object's constructor.
    pub value: String,
    /// What keeps it; nothing if a full collection frees it, or if there is no object: undefined or null.
    pub held: Option<Held>,
}

/// An object that survives.
#[derive(Debug)]
pub struct Held {
    /// The heap after the collections. Sizes in it are bytes.
    pub snapshot: Snapshot,
    /// The object's id in it.
    pub id: u64,
}

/// Why there is no answer: the reason in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoAnswer {
    /// What is wrong.
    pub message: String,
    /// Line in the expression, from 1; 0 if it is not about a place.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

impl Session {
    /// What keeps the value of an expression, besides the question itself.
    ///
    /// The expression sees the global object and the variables of the script's top level: while the script runs, and with
    /// [`crate::SessionConfig::keep_top_level`] after its end too. Without that option they end with it, as in Node.
    ///
    /// # Errors
    /// An expression that cannot be compiled, throws, takes more than 50 million instructions or more memory than there
    /// is, or gives a number, a string or another value that is neither an object nor undefined or null.
    pub fn who_keeps(&self, expression: &str) -> Result<Answer, NoAnswer> {
        let mut copy = self.clone();
        copy.leave_slow_motion();
        copy.finish_collection();
        let word = copy.vm.evaluate(expression, BUDGET).map_err(|error| self.no_answer(error))?;
        let value = copy.preview(word);
        if word == value::UNDEFINED || word == value::NULL {
            return Ok(Answer { value, held: None });
        }
        let object = word.as_ref().filter(|_| copy.vm.is_object(word));
        let id = object.and_then(|object| copy.vm.snapshot_id(object));
        let Some(id) = id else {
            return Err(without_place(format!("The expression gives {value}. Ask for an object.")));
        };
        for _ in 0..2 {
            copy.vm.heap.collect(&mut copy.vm.roots, CollectionKind::Full, Reason::Testing);
        }
        let survivor =
            crate::snapshot::capture(&mut copy.vm).filter(|graph| graph.node_with_id(id).is_some());
        Ok(Answer { value, held: survivor.map(|graph| Held { snapshot: Snapshot::new(graph), id }) })
    }

    /// The most bytes that were in objects at once, as far as anybody looked: at each collection, and now. Objects that
    /// nothing holds any more count until a collection frees them.
    pub fn peak_heap(&self) -> u64 {
        let heap = self.vm.heap.stats();
        heap.peak_heap_used.max(heap.heap_used)
    }

    fn no_answer(&self, error: EvaluationError) -> NoAnswer {
        match error {
            EvaluationError::Source(problem) => {
                NoAnswer { message: problem.message, line: problem.line, column: problem.column }
            }
            EvaluationError::Thrown(message) => {
                let has_ended = *self.state() != RunState::Paused && !self.config().keep_top_level;
                let hint = if has_ended && message.starts_with("ReferenceError") {
                    ". The script has ended, and its variables with it: keepTopLevel keeps them"
                } else {
                    ""
                };
                without_place(format!("The expression throws: {message}{hint}"))
            }
            EvaluationError::TooLong => without_place("The expression takes too long".to_owned()),
            EvaluationError::OutOfMemory(error) => {
                without_place(format!("The expression takes more memory than there is: {error}"))
            }
            EvaluationError::Exited => without_place("The expression ends the process".to_owned()),
        }
    }
}

fn without_place(message: String) -> NoAnswer {
    NoAnswer { message, line: 0, column: 0 }
}
