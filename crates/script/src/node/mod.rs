//! Node's face: console, process, and what `util.inspect` shows.

pub mod inspect;

mod console;
pub mod file_system;
pub(crate) mod gc_watch;
mod hashes;
pub mod heap_snapshots;
pub(crate) mod heap_tracking;
mod heap_view;
mod io_modules;
pub(crate) mod malloc_trace;
pub mod modules;
pub(crate) mod process;
mod profiles;
pub mod timers;

use semispace_heap::Word;

use crate::vm::{Completion, Vm};

/// Bytes of a process before its heap, for `rss`.
pub(crate) const PROCESS_BYTES: u64 = 32 << 20;

/// Bytes of the small ArrayBuffers that Node makes for itself at start-up: what `process.memoryUsage().arrayBuffers` gives
/// beyond the first slab, after a collection (measured with Node 20).
pub(crate) const OWN_ARRAY_BUFFERS: u64 = 2283;

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
    vm.heap.adjust_external(OWN_ARRAY_BUFFERS as i64);
    console::install(vm)?;
    process::install(vm)?;
    modules::install(vm)?;
    file_system::install(vm)?;
    hashes::install(vm)?;
    gc_watch::install(vm)?;
    heap_snapshots::install(vm)?;
    profiles::install(vm)?;
    malloc_trace::install(vm)?;
    heap_tracking::install(vm)?;
    timers::install(vm)
}
