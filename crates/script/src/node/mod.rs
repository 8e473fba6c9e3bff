//! Node's face: console, process, and what `util.inspect` shows.

pub mod inspect;

mod console;
mod heap_view;
mod process;

use crate::vm::{Completion, Vm};

/// console, process and `gc`.
///
/// # Errors
/// Out of memory.
pub(crate) fn install(vm: &mut Vm) -> Completion {
    console::install(vm)?;
    process::install(vm)
}
