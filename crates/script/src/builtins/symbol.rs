//! Symbol.

use semispace_heap::Word;

use super::install::{Function, accessor, constructor, methods, symbol_method, tag};
use crate::atoms::SymbolSort;
use crate::object::Key;
use crate::shape::Attributes;
use crate::value::{self, UNDEFINED};
use crate::vm::{Args, Completion, Intrinsic, Vm};

const METHODS: &[Function] = &[("toString", 0, to_string), ("valueOf", 0, value_of)];
const STATICS: &[Function] = &[("for", 1, symbol_for), ("keyFor", 1, key_for)];

/// Symbol and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let symbol = constructor(vm, ("Symbol", 0, construct), Intrinsic::SymbolPrototype)?;
    methods(vm, symbol, STATICS)?;
    let names = vm.names;
    let well_known = [
        ("iterator", names.symbol_iterator),
        ("asyncIterator", names.symbol_async_iterator),
        ("hasInstance", names.symbol_has_instance),
        ("toPrimitive", names.symbol_to_primitive),
        ("toStringTag", names.symbol_to_string_tag),
        ("species", names.symbol_species),
        ("isConcatSpreadable", names.symbol_is_concat_spreadable),
        ("unscopables", names.symbol_unscopables),
        ("match", names.symbol_match),
        ("matchAll", names.symbol_match_all),
        ("replace", names.symbol_replace),
        ("search", names.symbol_search),
        ("split", names.symbol_split),
    ];
    for (name, atom) in well_known {
        let key = vm.intern(name)?;
        let word = vm.roots.atoms.word(atom);
        vm.define_data(symbol, Key::Atom(key), word, Attributes::FIXED)?;
    }
    // Node adds those that V8 has not yet.
    for name in ["dispose", "asyncDispose"] {
        let atom = vm.intern(name)?;
        let disposer = vm.new_symbol_named(&format!("nodejs.{name}"))?;
        let word = vm.roots.atoms.word(disposer);
        vm.define_data(symbol, Key::Atom(atom), word, Attributes::FIXED)?;
    }
    let prototype = vm.intrinsic(Intrinsic::SymbolPrototype);
    methods(vm, prototype, METHODS)?;
    accessor(vm, prototype, "description", description, None)?;
    symbol_method(vm, prototype, names.symbol_to_primitive, ("[Symbol.toPrimitive]", 1, value_of))?;
    tag(vm, prototype, "Symbol")?;
    let registry = Word::reference(vm.new_object_with_prototype(value::NULL)?);
    vm.roots.realm.set(Intrinsic::SymbolRegistry, registry);
    Ok(())
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    if args.is_construct() {
        return Err(vm.type_error("Symbol is not a constructor"));
    }
    let description = match vm.arg(args, 0) {
        UNDEFINED => UNDEFINED,
        _ => vm.string_arg(args, 0)?,
    };
    let atom = vm.new_symbol(description, SymbolSort::Ordinary)?;
    Ok(vm.roots.atoms.word(atom))
}

fn this_symbol(vm: &mut Vm, args: Args, name: &str) -> Completion<Word> {
    let primitive = vm.unwrap_primitive(vm.this(args));
    if vm.kind(primitive) == Some(value::SYMBOL) {
        return Ok(primitive);
    }
    Err(vm.type_error(&format!("Symbol.prototype.{name} requires that 'this' be a Symbol")))
}

fn to_string(vm: &mut Vm, args: Args) -> Completion<Word> {
    let symbol = this_symbol(vm, args, "toString")?;
    let text = vm.symbol_text(symbol);
    vm.string(&text)
}

fn value_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    this_symbol(vm, args, "valueOf")
}

fn description(vm: &mut Vm, args: Args) -> Completion<Word> {
    let symbol = this_symbol(vm, args, "description")?;
    Ok(vm.symbol_description(symbol))
}

fn symbol_for(vm: &mut Vm, args: Args) -> Completion<Word> {
    let name = vm.string_arg(args, 0)?;
    let key = vm.intern_string(name)?;
    let registry = vm.intrinsic(Intrinsic::SymbolRegistry);
    let known = vm.get_data(registry, Key::Atom(key));
    if known != UNDEFINED {
        return Ok(known);
    }
    let name = vm.roots.atoms.word(key);
    let atom = vm.new_symbol(name, SymbolSort::Ordinary)?;
    let word = vm.roots.atoms.word(atom);
    vm.define_data(vm.intrinsic(Intrinsic::SymbolRegistry), Key::Atom(key), word, Attributes::PLAIN)?;
    Ok(vm.roots.atoms.word(atom))
}

fn key_for(vm: &mut Vm, args: Args) -> Completion<Word> {
    let symbol = vm.arg(args, 0);
    if vm.kind(symbol) != Some(value::SYMBOL) {
        let text = vm.brief_key(symbol);
        return Err(vm.type_error(&format!("{text} is not a symbol")));
    }
    Ok(registered_key(vm, symbol)?.unwrap_or(UNDEFINED))
}

/// The key of a symbol that `Symbol.for` made.
pub(super) fn registered_key(vm: &mut Vm, symbol: Word) -> Completion<Option<Word>> {
    let description = vm.symbol_description(symbol);
    if description == UNDEFINED {
        return Ok(None);
    }
    let symbol = vm.handle(symbol);
    let key = vm.intern_string(description)?;
    let known = vm.get_data(vm.intrinsic(Intrinsic::SymbolRegistry), Key::Atom(key));
    Ok((known == vm.at(symbol)).then(|| vm.roots.atoms.word(key)))
}
