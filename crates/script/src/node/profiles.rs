//! What `modules/v8_profiler.js` needs of CPU profiles, which are by virtual time.

use semispace_heap::Word;

use crate::builtins::install::{Function, methods};
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const INTRINSICS: &[Function] =
    &[("$profileStart", 1, start), ("$profileStop", 1, stop), ("$profileInterval", 1, interval)];

/// The intrinsics of `v8-profiler`.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// `(title)`
fn start(vm: &mut Vm, args: Args) -> Completion<Word> {
    let title = vm.text(vm.arg(args, 0));
    vm.start_cpu_profile(&title);
    Ok(UNDEFINED)
}

/// `(title)`: the text of a `.cpuprofile`; undefined: no profile of this name is recorded.
fn stop(vm: &mut Vm, args: Args) -> Completion<Word> {
    let title = vm.text(vm.arg(args, 0));
    match vm.stop_cpu_profile(&title) {
        Some(profile) => vm.string(&profile.json()),
        None => Ok(UNDEFINED),
    }
}

/// `(microseconds)`: false while something is recorded.
fn interval(vm: &mut Vm, args: Args) -> Completion<Word> {
    let microseconds = vm.as_number(vm.arg(args, 0)).unwrap_or(0.0).max(1.0);
    Ok(value::boolean(vm.set_profile_interval(microseconds as u64)))
}
