//! What `modules/mtrace.js` needs: the blocks of off-heap memory as they come and go, in the format of glibc's `mtrace`.
//!
//! Off-heap memory of a session is the backing stores of its ArrayBuffers. A line names the function and the instruction
//! that asked for a block, `@ file:(function+0x14)[0x5d2] + 0x10020 0x2000`; blocks are released by the collector.

use std::fmt::Write as _;

use semispace_heap::Word;

use crate::builtins::install::{Function, methods};
use crate::object::backing_store::StoreId;
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

/// Lines since a script last asked; nothing is noted unless one traces.
#[derive(Clone, Debug, Default)]
pub struct MallocTrace {
    lines: Option<String>,
}

impl MallocTrace {
    /// The store's buffer has died.
    pub(crate) fn released(&mut self, id: StoreId) {
        if let Some(lines) = &mut self.lines {
            // Writing to a String cannot fail.
            let _ = writeln!(lines, "@ node:(ArrayBufferSweeper::Sweep+0x0)[0x1] - {:#x}", address(id));
        }
    }
}

/// Where a block lies: an address of the file, not of the machine.
const fn address(id: StoreId) -> u64 {
    0x10000 + id.0 as u64 * 0x10
}

const INTRINSICS: &[Function] = &[("$mallocTrace", 1, trace), ("$mallocLines", 0, lines)];

/// The intrinsics of `mtrace`.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// `(on)`
fn trace(vm: &mut Vm, args: Args) -> Completion<Word> {
    vm.roots.malloc_trace.lines = (vm.arg(args, 0) == value::TRUE).then(String::new);
    Ok(UNDEFINED)
}

/// `()`: the lines since the last call.
fn lines(vm: &mut Vm, _: Args) -> Completion<Word> {
    let text = vm.roots.malloc_trace.lines.as_mut().map(std::mem::take).unwrap_or_default();
    vm.string(&text)
}

impl Vm {
    /// Notes that a store has been made, if a script traces.
    pub(crate) fn note_block(&mut self, id: StoreId) {
        if self.roots.malloc_trace.lines.is_none() {
            return;
        }
        let site = self.visible_site().unwrap_or_else(|| "node:[0x2]".to_owned());
        let size = self.roots.stores.get(id).len();
        if let Some(lines) = &mut self.roots.malloc_trace.lines {
            let _ = writeln!(lines, "@ {site} + {:#x} {size:#x}", address(id));
        }
    }

    /// `file:(function+offset)[address]` of the innermost instruction of the user's own code.
    fn visible_site(&self) -> Option<String> {
        let pc = self.visible_instruction()?;
        let (info, source) = (self.info_of(pc)?, self.source_of(pc)?);
        let file = source.file.rsplit('/').next().unwrap_or_default().replace(':', "_");
        let name = if self.is_script(info) { String::new() } else { self.atom_text(info.name) };
        let name = if name.is_empty() { "<anonymous>" } else { &name };
        let name = name.replace([')', '+', '\n'], "_");
        Some(format!("{file}:({name}+{:#x})[{pc:#x}]", pc - info.entry as usize))
    }
}
