//! What `prelude/console.js` needs of the machine: output and inspect.

use semispace_heap::{Mutator, Word};
use unicode_width::UnicodeWidthStr;

use super::heap_view::HeapView;
use super::inspect::{self, Compact, Options};
use crate::builtins::install::{Function, methods, namespace};
use crate::object::Key;
use crate::value::{self, NULL};
use crate::vm::{Args, Completion, Intrinsic, Stream, Vm};

const INTRINSICS: &[Function] = &[
    ("$write", 2, write),
    ("$inspectOnce", 5, inspect_once),
    ("$customInspect", 1, custom_inspect),
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

/// The text of a value, or the questions that script has to answer first.
fn inspect_once(vm: &mut Vm, args: Args) -> Completion<Word> {
    let options = options(vm, args);
    let answers =
        if vm.arg(args, 4) == value::UNDEFINED { Vec::new() } else { vm.list_words(vm.arg(args, 4)) };
    let view = HeapView::new(vm, &answers);
    let text = inspect::inspect(&view, super::heap_view::Value::Word(vm.arg(args, 0)), options);
    let questions = view.into_questions();
    if questions.is_empty() {
        return vm.string(&text);
    }
    let words: Vec<Word> = questions
        .into_iter()
        .flat_map(|(object, asked, extra)| [object, Word::smi(asked as i32), extra])
        .collect();
    vm.array_from(&words).map(Word::reference)
}

/// Depth, whether hidden properties show, and an object of further options or undefined.
fn options(vm: &mut Vm, args: Args) -> Options {
    let depth = vm.arg(args, 1);
    let levels = vm.as_number(depth).unwrap_or(2.0);
    let mut options = Options {
        depth: if depth == NULL || levels > 1e6 { None } else { Some(levels as i64) },
        show_hidden: vm.arg(args, 2) == value::TRUE,
        ..Options::default()
    };
    let given = vm.arg(args, 3);
    let mut option = |name: &str| match vm.intern(name) {
        Ok(atom) if vm.is_object(given) => vm.get_data(given, Key::Atom(atom)),
        _ => value::UNDEFINED,
    };
    let names = [
        "maxArrayLength",
        "maxStringLength",
        "breakLength",
        "compact",
        "sorted",
        "getters",
        "showProxy",
        "numericSeparator",
        "colors",
        "customInspect",
    ];
    let [array, string, width, compact, sorted, getters, show_proxy, separator, colors, custom] =
        names.map(&mut option);
    let size = |word: Word, default: usize| match vm.as_number(word) {
        Some(number) => number.max(0.0) as usize,
        None if word == NULL => usize::MAX,
        None => default,
    };
    options.max_array_length = size(array, options.max_array_length);
    options.max_string_length = size(string, options.max_string_length);
    options.break_length = size(width, options.break_length);
    options.compact = match compact {
        value::FALSE => Compact::Never,
        value::TRUE => Compact::Always,
        word => {
            vm.as_number(word).map_or(options.compact, |levels| Compact::Levels(levels.max(0.0) as usize))
        }
    };
    options.sorted = vm.truthy(sorted);
    options.getters = vm.truthy(getters);
    options.show_proxy = vm.truthy(show_proxy);
    options.numeric_separator = vm.truthy(separator);
    options.colors = vm.truthy(colors);
    options.custom_inspect = custom == value::UNDEFINED || vm.truthy(custom);
    options
}

fn custom_inspect(vm: &mut Vm, args: Args) -> Completion<Word> {
    if let Some(atom) = vm.atom_of(vm.arg(args, 0)) {
        vm.names.symbol_inspect_custom = atom;
    }
    Ok(value::UNDEFINED)
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
