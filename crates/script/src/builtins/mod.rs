//! The built-in objects: natives in Rust, one file a global, and the prelude in JavaScript.

pub mod install;
pub mod math;
mod promise;
mod realm;

use semispace_heap::Word;

use crate::vm::{Args, Completion, Stream, Vm};

/// Makes every built-in object of a new machine.
pub(crate) fn install(vm: &mut Vm) -> Completion {
    realm::make(vm)?;
    let console = vm.new_plain_object()?;
    let console = vm.handle(Word::reference(console));
    install::methods(vm, vm.at(console), &[("log", 0, log)])?;
    let global = vm.intrinsic(crate::vm::Intrinsic::Global);
    install::define(vm, global, "console", vm.at(console))?;
    vm.roots.release_handles(0);
    Ok(())
}

fn log(vm: &mut Vm, args: Args) -> Completion<Word> {
    let parts: Vec<String> = (0..args.count())
        .map(|index| {
            let word = vm.arg(args, index);
            if vm.is_string(word) { vm.text(word) } else { vm.brief(word) }
        })
        .collect();
    vm.print(Stream::Stdout, &format!("{}\n", parts.join(" ")));
    Ok(crate::value::UNDEFINED)
}
