//! Promises: the object. What they do is in the prelude.

use semispace_heap::Word;

use crate::value;
use crate::vm::{Completion, Intrinsic, Vm};

impl Vm {
    /// A pending promise.
    pub(crate) fn new_promise(&mut self) -> Completion<Word> {
        let prototype = self.intrinsic(Intrinsic::PromisePrototype);
        self.new_exotic(value::PROMISE, prototype, 3).map(Word::reference)
    }
}
