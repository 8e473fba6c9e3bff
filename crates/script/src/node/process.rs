//! process and `gc`.

use semispace_heap::{CollectionKind, HeapTotals, Mutator, Reason, SpaceTotals, Word};

use crate::builtins::install::{Function, define, methods, tag};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::{self, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Intrinsic, Stream, Vm};

const FUNCTIONS: &[Function] = &[
    ("memoryUsage", 0, memory_usage),
    ("uptime", 0, uptime),
    ("cwd", 0, cwd),
    ("constrainedMemory", 0, |_, _| Ok(Word::smi(0))),
    ("availableMemory", 0, available_memory),
];

const INTRINSICS: &[Function] = &[
    ("$reallyExit", 1, really_exit),
    ("$nowNs", 0, now_ns),
    ("$writeText", 2, write_text),
    ("$heapFigures", 0, heap_figures),
    ("$spaceFigures", 0, space_figures),
    ("$setFlag", 1, set_flag),
];

/// Bytes of the machine's memory that `os.totalmem` gives.
const MACHINE_BYTES: u64 = 8 << 30;

/// process with its functions and data, and the global `gc`.
pub(super) fn install(vm: &mut Vm) -> Completion {
    let process = vm.intrinsic(Intrinsic::Process);
    methods(vm, process, FUNCTIONS)?;
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)?;
    tag(vm, process, "process")?;
    let texts = [("version", "v20.20.2"), ("platform", "linux"), ("arch", "x64"), ("title", "node")];
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

fn cwd(vm: &mut Vm, _: Args) -> Completion<Word> {
    let folder = vm.folder.clone();
    vm.string(&folder)
}

fn available_memory(vm: &mut Vm, _: Args) -> Completion<Word> {
    vm.number(MACHINE_BYTES.saturating_sub(vm.resident_bytes()) as f64)
}

fn really_exit(vm: &mut Vm, args: Args) -> Completion<Word> {
    let code = vm.integer_arg(args, 0, 0.0)?;
    Err(Abrupt::Exit(code as i32 & 0xFF))
}

fn now_ns(vm: &mut Vm, _: Args) -> Completion<Word> {
    let now = vm.roots.now_ns();
    vm.number(now as f64)
}

fn write_text(vm: &mut Vm, args: Args) -> Completion<Word> {
    let stream = if vm.arg(args, 0) == Word::smi(2) { Stream::Stderr } else { Stream::Stdout };
    let text = vm.text(vm.arg(args, 1));
    vm.print(stream, &text);
    Ok(UNDEFINED)
}

/// An array of numbers.
fn numbers(vm: &mut Vm, figures: &[u64]) -> Completion<Word> {
    let array = Word::reference(vm.new_array()?);
    let array = vm.handle(array);
    for &figure in figures {
        let word = vm.number(figure as f64)?;
        vm.push_element(vm.at(array), word)?;
    }
    Ok(vm.at(array))
}

/// Committed, used, limit, external: bytes.
fn heap_figures(vm: &mut Vm, _: Args) -> Completion<Word> {
    let totals = vm.heap.totals();
    let figures = [vm.heap.committed_bytes(), vm.heap.used_bytes(), totals.limit, totals.external];
    numbers(vm, &figures)
}

/// Committed, used and available bytes of new space, old space, young and old large objects.
fn space_figures(vm: &mut Vm, _: Args) -> Completion<Word> {
    let figures = of_spaces(&vm.heap.totals());
    numbers(vm, &figures)
}

/// The figures of [`space_figures`].
pub(super) fn of_spaces(totals: &HeapTotals) -> [u64; 12] {
    let spaces = [totals.new, totals.old, totals.young_large, totals.old_large];
    let figures = spaces
        .map(|SpaceTotals { capacity, committed, used }| [committed, used, capacity.saturating_sub(used)]);
    std::array::from_fn(|at| figures[at / 3][at % 3])
}

/// Flags of V8 that scripts may set at run time. False: it is none of them.
fn set_flag(vm: &mut Vm, args: Args) -> Completion<Word> {
    let flag = vm.text(vm.arg(args, 0)).replace('_', "-");
    let name = flag.trim_start_matches('-').split('=').next().unwrap_or("").to_owned();
    let known = match name.as_str() {
        "expose-gc" | "allow-natives-syntax" | "harmony" | "no-opt" | "noopt" => true,
        "trace-gc" | "no-trace-gc" | "trace-gc-nvp" | "no-trace-gc-nvp" => {
            vm.flags.push((vm.heap.collections(), format!("--{name}")));
            true
        }
        _ => false,
    };
    Ok(value::boolean(known))
}

/// `process.argv`, when the script is known.
pub(crate) fn set_arguments(vm: &mut Vm) -> Completion {
    let mark = vm.roots.handle_mark();
    let array = Word::reference(vm.new_array()?);
    let array = vm.handle(array);
    let script = vm.main_path();
    let texts: Vec<String> =
        ["/usr/local/bin/node".to_owned(), script].into_iter().chain(vm.arguments.clone()).collect();
    for text in texts {
        let text = vm.string(&text)?;
        vm.push_element(vm.at(array), text)?;
    }
    let process = vm.intrinsic(Intrinsic::Process);
    plain(vm, process, "argv", vm.at(array))?;
    vm.roots.release_handles(mark);
    Ok(())
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
    vm.heap.ask_for(&mut vm.roots, kind, Reason::Testing);
    Ok(UNDEFINED)
}
