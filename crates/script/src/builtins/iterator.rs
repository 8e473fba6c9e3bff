//! Iterators: the prototype they share, those of strings, and the prototypes of generator and asynchronous functions.

use semispace_heap::Word;

use super::install::{Use, define, methods, native, symbol_method, tag};
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

/// The iterator prototypes.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let symbol = vm.names.symbol_iterator;
    let prototype = vm.intrinsic(Intrinsic::IteratorPrototype);
    symbol_method(vm, prototype, symbol, ("[Symbol.iterator]", 0, itself))?;
    let method = vm.get_data(prototype, Key::Atom(symbol));
    vm.roots.realm.set(Intrinsic::IteratorItself, method);
    let strings = vm.intrinsic(Intrinsic::StringPrototype);
    symbol_method(vm, strings, symbol, ("[Symbol.iterator]", 0, string_iterator))?;
    let prototype = vm.intrinsic(Intrinsic::StringIteratorPrototype);
    methods(vm, prototype, &[("next", 0, next_character)])?;
    tag(vm, prototype, "String Iterator")?;
    let next = vm.get_data(prototype, Key::Atom(vm.names.next));
    vm.roots.realm.set(Intrinsic::StringIteratorNext, next);
    let values = vm.get_data(strings, Key::Atom(symbol));
    vm.roots.realm.set(Intrinsic::StringValues, values);
    tag(vm, vm.intrinsic(Intrinsic::GeneratorPrototype), "Generator")?;
    let prototype = vm.intrinsic(Intrinsic::AsyncIteratorPrototype);
    let symbol = vm.names.symbol_async_iterator;
    symbol_method(vm, prototype, symbol, ("[Symbol.asyncIterator]", 0, itself))?;
    tag(vm, vm.intrinsic(Intrinsic::AsyncGeneratorPrototype), "AsyncGenerator")?;
    hidden_class(vm, Intrinsic::GeneratorFunctionPrototype, "GeneratorFunction")?;
    hidden_class(vm, Intrinsic::AsyncFunctionPrototype, "AsyncFunction")?;
    hidden_class(vm, Intrinsic::AsyncGeneratorFunctionPrototype, "AsyncGeneratorFunction")?;
    let pairs = [
        (Intrinsic::GeneratorFunctionPrototype, Intrinsic::GeneratorPrototype),
        (Intrinsic::AsyncGeneratorFunctionPrototype, Intrinsic::AsyncGeneratorPrototype),
    ];
    for (functions, objects) in pairs {
        let (functions, objects) = (vm.intrinsic(functions), vm.intrinsic(objects));
        let keys = [(functions, vm.names.prototype, objects), (objects, vm.names.constructor, functions)];
        for (object, atom, word) in keys {
            vm.define_data(object, Key::Atom(atom), word, Attributes::CONFIGURABLE_ONLY)?;
        }
    }
    Ok(())
}

/// The constructor of a sort of functions: it can be named, but there is no code from strings.
fn hidden_class(vm: &mut Vm, prototype: Intrinsic, name: &'static str) -> Completion {
    let class = native(vm, (name, 1, refuse), Use::Construct)?;
    let atom = vm.names.prototype;
    vm.define_data(class, Key::Atom(atom), vm.intrinsic(prototype), Attributes::FIXED)?;
    define(vm, vm.intrinsic(prototype), "constructor", class)?;
    tag(vm, vm.intrinsic(prototype), name)
}

fn refuse(vm: &mut Vm, _: Args) -> Completion<Word> {
    Err(vm.throw_error(
        Intrinsic::EvalErrorPrototype,
        "Code generation from strings disallowed for this context",
    ))
}

fn itself(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(vm.this(args))
}

const TEXT: u32 = 3;
const POSITION: u32 = 4;

fn string_iterator(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.this_string(args, "[Symbol.iterator]")?;
    let text = vm.handle(text);
    let prototype = vm.intrinsic(Intrinsic::StringIteratorPrototype);
    let iterator = vm.new_exotic(value::ITERATOR, prototype, 3)?;
    let text = vm.at(text);
    vm.heap.set(iterator, TEXT, text);
    vm.heap.init(iterator, POSITION, Word::smi(0));
    Ok(Word::reference(iterator))
}

/// The next character: a surrogate pair is one.
fn next_character(vm: &mut Vm, args: Args) -> Completion<Word> {
    let this = vm.this(args);
    let prototype = vm.intrinsic(Intrinsic::StringIteratorPrototype);
    let is_iterator = vm.kind(this) == Some(value::ITERATOR) && vm.prototype_of(this) == prototype;
    let Some(iterator) = this.as_ref().filter(|_| is_iterator) else {
        let text = vm.brief(this);
        return Err(vm.type_error(&format!("next method called on incompatible receiver {text}")));
    };
    let text = vm.heap.get(iterator, TEXT);
    let text = vm.flatten(text)?;
    let Some(iterator) = vm.this(args).as_ref() else { return Ok(UNDEFINED) };
    let position = vm.heap.get(iterator, POSITION).as_smi().unwrap_or(0) as u32;
    let length = vm.string_length(text);
    if position >= length {
        return vm.iterator_result(UNDEFINED, value::TRUE);
    }
    let end = vm.character_end(text, position);
    vm.heap.init(iterator, POSITION, Word::smi(end as i32));
    let character = vm.substring(text, position, end)?;
    vm.iterator_result(character, value::FALSE)
}
