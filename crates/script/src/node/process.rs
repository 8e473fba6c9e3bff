//! process and `gc`.

use semispace_heap::{CollectionKind, Mutator, Reason, Word};

use crate::builtins::install::{Function, define, methods, tag};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::{self, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Intrinsic, Vm};

const FUNCTIONS: &[Function] = &[("memoryUsage", 0, memory_usage), ("uptime", 0, uptime), ("exit", 1, exit)];

/// process with its functions and data, and the global `gc`.
pub(super) fn install(vm: &mut Vm) -> Completion {
    let process = vm.intrinsic(Intrinsic::Process);
    methods(vm, process, FUNCTIONS)?;
    tag(vm, process, "process")?;
    let texts = [("version", "v20.20.2"), ("platform", "linux"), ("arch", "x64"), ("title", "semispace")];
    for (name, text) in texts {
        let text = vm.string(text)?;
        plain(vm, process, name, text)?;
    }
    plain(vm, process, "pid", Word::smi(1))?;
    let environment = Word::reference(vm.new_plain_object()?);
    plain(vm, process, "env", environment)?;
    let global = vm.intrinsic(Intrinsic::Global);
    define(vm, global, "process", process)?;
    methods(vm, global, &[("gc", 0, gc)])
}

fn plain(vm: &mut Vm, object: Word, name: &str, word: Word) -> Completion {
    let mark = vm.roots.handle_mark();
    let (object, word) = (vm.handle(object), vm.handle(word));
    let atom = vm.intern(name)?;
    vm.define_data(vm.at(object), Key::Atom(atom), vm.at(word), Attributes::PLAIN)?;
    vm.roots.release_handles(mark);
    Ok(())
}

fn memory_usage(vm: &mut Vm, _: Args) -> Completion<Word> {
    let (total, used, external) = (vm.heap.committed_bytes(), vm.heap.used_bytes(), vm.heap.external_bytes());
    let fields = [
        ("rss", vm.resident_bytes()),
        ("heapTotal", total),
        ("heapUsed", used),
        ("external", external),
        ("arrayBuffers", vm.array_buffer_bytes()),
    ];
    let object = Word::reference(vm.new_plain_object()?);
    let object = vm.handle(object);
    for (name, bytes) in fields {
        let bytes = vm.number(bytes as f64)?;
        plain(vm, vm.at(object), name, bytes)?;
    }
    Ok(vm.at(object))
}

fn uptime(vm: &mut Vm, _: Args) -> Completion<Word> {
    let seconds = vm.roots.now_ns() as f64 / 1e9;
    vm.number(seconds)
}

fn exit(vm: &mut Vm, args: Args) -> Completion<Word> {
    let code = vm.integer_arg(args, 0, 0.0)?;
    Err(Abrupt::Exit(code as i32))
}

/// `gc()` is a full collection; `gc(true)` and `gc({ type: 'minor' })` scavenge.
fn gc(vm: &mut Vm, args: Args) -> Completion<Word> {
    let option = vm.arg(args, 0);
    let sort = if vm.is_object(option) {
        let atom = vm.intern("type")?;
        let sort = vm.get_data(vm.arg(args, 0), Key::Atom(atom));
        if vm.is_string(sort) { vm.text(sort) } else { String::new() }
    } else {
        String::new()
    };
    let minor = vm.arg(args, 0) == value::TRUE || sort == "minor";
    let kind = if minor { CollectionKind::Minor } else { CollectionKind::Full };
    vm.heap.collect(&mut vm.roots, kind, Reason::Testing);
    Ok(UNDEFINED)
}
