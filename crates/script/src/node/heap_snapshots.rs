//! Heap snapshots that a script asks for, as files of the session: `v8.writeHeapSnapshot`, `heapdump.writeSnapshot`.
//!
//! The engine knows no file format. Whoever drives it hands it a [`SnapshotFormat`], and finds what scripts have written
//! in [`SnapshotFiles`].

use std::fmt;
use std::rc::Rc;

use semispace_heap::Word;

use super::file_system::content::Content;
use crate::builtins::install::{Function, methods};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

/// Makes the file of a heap snapshot.
pub trait SnapshotFormat: fmt::Debug {
    /// The bytes of the file; none where the heap cannot be looked at now.
    ///
    /// It may look at the machine and number its objects, but must not change its heap.
    fn file_of(&self, vm: &mut Vm) -> Option<Vec<u8>>;
}

/// The snapshots that a script has written.
#[derive(Clone, Debug, Default)]
pub struct SnapshotFiles {
    /// How files are made; without it nothing can be written.
    pub format: Option<Rc<dyn SnapshotFormat>>,
    /// Absolute paths of the session's files, in the order in which they were written; a path that was written again comes
    /// again.
    pub written: Vec<String>,
}

const INTRINSICS: &[Function] = &[("$snapshotWrite", 3, write)];

/// The intrinsics of `internal/heap_snapshot`.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// `(path, now, temporary)`: nothing, or the code of the error. One that is temporary is not told to the embedder.
fn write(vm: &mut Vm, args: Args) -> Completion<Word> {
    let path = vm.path_arg(args);
    let now_ms = vm.as_number(vm.arg(args, 1)).unwrap_or(0.0);
    let is_temporary = vm.arg(args, 2) == value::TRUE;
    // A folder that is missing is found before the work is done.
    if let Err(code) = vm.file_system.put(&path, Content::default(), now_ms) {
        return vm.string(code);
    }
    let format = vm.snapshot_files.format.clone();
    let bytes = format.and_then(|format| format.file_of(vm)).ok_or("ENOSYS");
    if let Err(code) = bytes.and_then(|bytes| vm.file_system.store(&path, bytes, now_ms)) {
        vm.file_system.remove(&path).ok();
        return vm.string(code);
    }
    if !is_temporary {
        vm.snapshot_files.written.push(path);
    }
    Ok(UNDEFINED)
}
