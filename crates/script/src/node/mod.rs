//! Node's face: console, process, and what `util.inspect` shows.

pub mod inspect;

mod console;
mod heap_view;
pub mod modules;
pub(crate) mod process;
pub mod timers;

use semispace_heap::Word;

use crate::vm::{Completion, Vm};

/// A value as `console.log` prints it.
pub(crate) fn inspect_word(vm: &Vm, word: Word) -> String {
    let view = heap_view::HeapView::new(vm, &[]);
    inspect::inspect(&view, heap_view::Value::Word(word), inspect::Options::default())
}

/// console, process and `gc`.
///
/// # Errors
/// Out of memory.
pub(crate) fn install(vm: &mut Vm) -> Completion {
    console::install(vm)?;
    process::install(vm)?;
    modules::install(vm)?;
    timers::install(vm)
}
