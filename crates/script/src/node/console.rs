//! What `prelude/console.js` needs of the machine: output and inspect.

use semispace_heap::{Mutator, Word};
use unicode_width::UnicodeWidthStr;

use super::heap_view::HeapView;
use super::inspect::{self, Options};
use crate::builtins::install::{Function, methods, namespace};
use crate::object::Key;
use crate::value::{self, NULL};
use crate::vm::{Args, Completion, Intrinsic, Stream, Vm};

const INTRINSICS: &[Function] = &[
    ("$write", 2, write),
    ("$inspect", 3, inspect_value),
    ("$formatNumber", 1, format_number),
    ("$hasBuiltInToString", 1, has_built_in_to_string),
    ("$now", 0, now),
    ("$width", 1, width),
];

/// The console object, still without its methods: they are the prelude's.
pub(super) fn install(vm: &mut Vm) -> Completion {
    namespace(vm, "console")?;
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

fn write(vm: &mut Vm, args: Args) -> Completion<Word> {
    let stream = if vm.arg(args, 0) == Word::smi(2) { Stream::Stderr } else { Stream::Stdout };
    let mut text = vm.text(vm.arg(args, 1));
    text.push('\n');
    vm.open_output()?;
    vm.print(stream, &text);
    Ok(value::UNDEFINED)
}

fn inspect_value(vm: &mut Vm, args: Args) -> Completion<Word> {
    let depth = vm.arg(args, 1);
    let levels = vm.as_number(depth).unwrap_or(2.0);
    let options = Options {
        depth: if depth == NULL || levels > 1e6 { None } else { Some(levels as i64) },
        show_hidden: vm.arg(args, 2) == value::TRUE,
        ..Options::default()
    };
    let text = inspect::inspect(&HeapView::new(vm), super::heap_view::Value::Word(vm.arg(args, 0)), options);
    vm.string(&text)
}

fn format_number(vm: &mut Vm, args: Args) -> Completion<Word> {
    let number = vm.number_arg(args, 0)?;
    vm.string(&inspect::number(number))
}

/// Whether `String(object)` would run only the engine's own code: the first `toString` on the chain is native and its
/// holder belongs to a native constructor.
fn has_built_in_to_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let object = vm.arg(args, 0);
    let key = Key::Atom(vm.names.to_string);
    let Some(found) = vm.find_property(object, key) else { return Ok(value::TRUE) };
    if Some(found.holder) == object.as_ref() {
        return Ok(value::FALSE);
    }
    let constructor = vm.get_own_data(found.holder, vm.names.constructor);
    let native = constructor.is_some_and(|word| vm.kind(word) == Some(value::NATIVE_FUNCTION));
    Ok(value::boolean(native))
}

/// Virtual milliseconds since the start.
fn now(vm: &mut Vm, _: Args) -> Completion<Word> {
    let milliseconds = vm.roots.now_ns() as f64 / 1e6;
    vm.number(milliseconds)
}

fn width(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.text(vm.arg(args, 0));
    Ok(Word::smi(text.width() as i32))
}
