//! RegExp: the objects, and single matches. The protocol (`lastIndex`, `replace`, `split`, ...) is in `prelude/regexp.js`,
//! the short way through it in [`super::regexp_quick`].

use std::ops::Range;

use regress::Match;
use semispace_heap::{Ref, Word};

use super::regexp_program::Program;
use crate::compiler::complaint;

use super::install::{Function, accessor, constructor, interned, methods, species};
use crate::object::Key;
use crate::shape::{Attributes, RootShape, ShapeId};
use crate::value::{self, NULL, UNDEFINED, shapes};
use crate::vm::{Abrupt, Args, Completion, Handle, Hint, Intrinsic, NativeFn, Vm};

/// Word of a regular expression: its number among the machine's compiled ones.
const PROGRAM: u32 = 3;
/// Word of a regular expression: its source.
const SOURCE: u32 = 4;
/// Word of a regular expression: its flags as they were given.
const FLAGS: u32 = 5;

/// Word of a regular expression: `lastIndex`.
pub(super) const LAST_INDEX: u32 = 6;

const INTRINSICS: &[Function] =
    &[("$regexpMatch", 3, match_at), ("$checkRegExp", 2, check), ("$regexpFlags", 1, own_flags)];

const FLAG_GETTERS: &[(&str, NativeFn)] = &[
    ("hasIndices", |vm, args| flag(vm, args, 'd')),
    ("global", |vm, args| flag(vm, args, 'g')),
    ("ignoreCase", |vm, args| flag(vm, args, 'i')),
    ("multiline", |vm, args| flag(vm, args, 'm')),
    ("dotAll", |vm, args| flag(vm, args, 's')),
    ("unicode", |vm, args| flag(vm, args, 'u')),
    ("unicodeSets", |vm, args| flag(vm, args, 'v')),
    ("sticky", |vm, args| flag(vm, args, 'y')),
];

/// What the constructor tells of the last match, as browsers always had it, with the names that Perl has for it.
const LAST_MATCH: &[(&str, Option<&str>, NativeFn)] = &[
    ("$1", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(1))),
    ("$2", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(2))),
    ("$3", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(3))),
    ("$4", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(4))),
    ("$5", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(5))),
    ("$6", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(6))),
    ("$7", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(7))),
    ("$8", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(8))),
    ("$9", None, |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(9))),
    ("lastMatch", Some("$&"), |vm, args| last_part(vm, args, |vm| vm.regexps.last_group(0))),
    ("lastParen", Some("$+"), |vm, args| {
        last_part(vm, args, |vm| match vm.regexps.last_group_count() {
            0 => (Vec::new(), 0..0),
            count => vm.regexps.last_group(count),
        })
    }),
    ("input", Some("$_"), |vm, args| {
        last_part(vm, args, |vm| {
            let (text, _) = vm.regexps.last_group(0);
            let end = text.len();
            (text, 0..end)
        })
    }),
    ("leftContext", Some("$`"), |vm, args| {
        last_part(vm, args, |vm| {
            let (text, found) = vm.regexps.last_group(0);
            (text, 0..found.start)
        })
    }),
    ("rightContext", Some("$'"), |vm, args| {
        last_part(vm, args, |vm| {
            let (text, found) = vm.regexps.last_group(0);
            let end = text.len();
            (text, found.end..end)
        })
    }),
];

fn last_part(vm: &mut Vm, _: Args, part: fn(&Vm) -> (Vec<u16>, Range<usize>)) -> Completion<Word> {
    let (text, range) = part(vm);
    vm.string_from_units(text.get(range).unwrap_or_default())
}

/// RegExp and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = constructor(vm, ("RegExp", 2, construct), Intrinsic::RegExpPrototype)?;
    species(vm, class)?;
    for &(name, old, getter) in LAST_MATCH {
        accessor(vm, class, name, getter, None)?;
        if let Some(old) = old {
            accessor(vm, class, old, getter, None)?;
        }
    }
    let prototype = vm.intrinsic(Intrinsic::RegExpPrototype);
    accessor(vm, prototype, "source", source, None)?;
    for &(name, getter) in FLAG_GETTERS {
        accessor(vm, prototype, name, getter, None)?;
    }
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)?;
    super::regexp_quick::install(vm)
}

impl Vm {
    /// The regular expression of a literal: a constant and the one after it.
    pub(crate) fn regexp_literal(&mut self, constant: u32) -> Completion<Word> {
        let (source, flags) =
            (self.roots.constants[constant as usize], self.roots.constants[constant as usize + 1]);
        let program = match self.regexps.of_literal(constant) {
            Some(program) => program,
            None => {
                let program = self.regexp_program(source, flags)?;
                self.regexps.remember_literal(constant, program);
                program
            }
        };
        let shape = self.regexp_shape();
        self.new_regexp_of(shape, program, source, flags)
    }

    fn new_regexp_with(&mut self, source: Word, flags: Word, prototype: Word) -> Completion<Word> {
        let program = self.regexp_program(source, flags)?;
        let shape = self.shape_of_regexps(prototype);
        self.new_regexp_of(shape, program, source, flags)
    }

    fn new_regexp_of(&mut self, shape: ShapeId, program: u32, source: Word, flags: Word) -> Completion<Word> {
        let (source, flags) = (self.handle(source), self.handle(flags));
        let object = self.new_object_of(shape)?;
        self.heap.init(object, PROGRAM, Word::smi(program as i32));
        let (source, flags) = (self.at(source), self.at(flags));
        self.heap.set(object, SOURCE, source);
        self.heap.set(object, FLAGS, flags);
        self.heap.init(object, LAST_INDEX, Word::smi(0));
        Ok(Word::reference(object))
    }

    /// The shape of regular expressions with this prototype: `lastIndex` lies in the object.
    fn shape_of_regexps(&mut self, prototype: Word) -> ShapeId {
        let sort = RootShape { kind: value::REGEXP, start: LAST_INDEX as u8, in_object: 1 };
        let root = self.root_shape(prototype, sort);
        self.roots.shapes.add(root, self.names.last_index, Attributes(Attributes::WRITABLE))
    }

    /// The shape of those with the built-in prototype.
    fn regexp_shape(&mut self) -> ShapeId {
        if let Some(shape) = self.regexps.shape {
            return shape;
        }
        let prototype = self.intrinsic(Intrinsic::RegExpPrototype);
        let shape = self.shape_of_regexps(prototype);
        self.regexps.shape = Some(shape);
        shape
    }

    /// Remembers what the built-in prototype is like before any script runs.
    pub(crate) fn note_regexp_prototype(&mut self) {
        self.regexp_shape();
        let prototype = self.intrinsic(Intrinsic::RegExpPrototype).as_ref();
        self.regexps.prototype_shape = prototype.map(|prototype| self.shape_of(prototype));
    }

    fn regexp_program(&mut self, source: Word, flags: Word) -> Completion<u32> {
        let (source, flags) = (self.units(source), self.text(flags));
        if let Some(known) = self.regexps.find(&source, &flags) {
            return Ok(known);
        }
        let distinct = flags
            .chars()
            .enumerate()
            .all(|(at, flag)| "dgimsuvy".contains(flag) && !flags[..at].contains(flag));
        if !distinct || flags.contains('u') && flags.contains('v') {
            return Err(self.syntax_error(&format!("Invalid flags supplied to RegExp constructor '{flags}'")));
        }
        match Program::compile(&source, &flags) {
            Ok(program) => Ok(self.regexps.add(&source, program)),
            Err(error) => {
                let message = complaint(&String::from_utf16_lossy(&source), &flags, &error);
                Err(self.syntax_error(&message))
            }
        }
    }

    /// The number of a regular expression's program.
    pub(super) fn program_of(&self, regexp: Ref) -> u32 {
        self.heap.get(regexp, PROGRAM).payload()
    }

    /// `/source/flags`
    pub(crate) fn regexp_text(&self, regexp: Ref) -> String {
        let source = escaped_source(&self.text(self.heap.get(regexp, SOURCE)));
        let mut flags: Vec<char> = self.text(self.heap.get(regexp, FLAGS)).chars().collect();
        flags.sort_unstable();
        format!("/{source}/{}", String::from_iter(flags))
    }
}

/// The source as it stands between slashes.
fn escaped_source(source: &str) -> String {
    if source.is_empty() {
        return "(?:)".to_owned();
    }
    let (mut text, mut escaped, mut class) = (String::with_capacity(source.len()), false, false);
    for c in source.chars() {
        match c {
            '/' if !escaped && !class => text.push_str("\\/"),
            '\n' => text.push_str(if escaped { "n" } else { "\\n" }),
            c => text.push(c),
        }
        class = !escaped && (c == '[' || class && c != ']') || escaped && class;
        escaped = !escaped && c == '\\';
    }
    text
}

pub(super) fn regexp_of(vm: &Vm, word: Word) -> Option<Ref> {
    word.as_ref().filter(|&object| vm.is_object(word) && vm.heap.header(object).kind() == value::REGEXP)
}

/// A pattern or flags argument as a string; undefined is the empty one.
fn part(vm: &mut Vm, args: Args, index: usize) -> Completion<Word> {
    match vm.arg(args, index) {
        UNDEFINED => interned(vm, ""),
        word if vm.is_object(word) => Err(Abrupt::Coerce(index as u32 + 1, Hint::String)),
        _ => vm.string_arg(args, index),
    }
}

fn construct(vm: &mut Vm, args: Args) -> Completion<Word> {
    let pattern = vm.arg(args, 0);
    if !args.is_construct() && regexp_of(vm, pattern).is_some() && vm.arg(args, 1) == UNDEFINED {
        return Ok(pattern);
    }
    if regexp_of(vm, pattern).is_some() {
        let given = if vm.arg(args, 1) == UNDEFINED { None } else { Some(part(vm, args, 1)?) };
        let Some(regexp) = regexp_of(vm, vm.arg(args, 0)) else { return Ok(UNDEFINED) };
        let (source, own) = (vm.heap.get(regexp, SOURCE), vm.heap.get(regexp, FLAGS));
        return made(vm, args, source, given.unwrap_or(own));
    }
    let source = part(vm, args, 0)?;
    let source = vm.handle(source);
    let flags = part(vm, args, 1)?;
    made(vm, args, vm.at(source), flags)
}

fn made(vm: &mut Vm, args: Args, source: Word, flags: Word) -> Completion<Word> {
    let target = if args.is_construct() { vm.this(args) } else { vm.callee(args) };
    let (source, flags) = (vm.handle(source), vm.handle(flags));
    let prototype = vm.prototype_for(target, Intrinsic::RegExpPrototype);
    vm.new_regexp_with(vm.at(source), vm.at(flags), prototype)
}

/// The regular expression in `this`; the prototype itself is none, but its getters answer.
fn receiver(vm: &mut Vm, args: Args) -> Completion<Option<Ref>> {
    let this = vm.this(args);
    if this == vm.intrinsic(Intrinsic::RegExpPrototype) {
        return Ok(None);
    }
    match regexp_of(vm, this) {
        Some(regexp) => Ok(Some(regexp)),
        None => {
            let text = vm.brief(this);
            Err(vm.type_error(&format!("RegExp.prototype getter called on incompatible receiver {text}")))
        }
    }
}

fn source(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = match receiver(vm, args)? {
        Some(regexp) => escaped_source(&vm.text(vm.heap.get(regexp, SOURCE))),
        None => "(?:)".to_owned(),
    };
    vm.string(&text)
}

/// The flags that an expression was made with.
fn own_flags(vm: &mut Vm, args: Args) -> Completion<Word> {
    Ok(regexp_of(vm, vm.arg(args, 0)).map_or(UNDEFINED, |regexp| vm.heap.get(regexp, FLAGS)))
}

fn flag(vm: &mut Vm, args: Args, letter: char) -> Completion<Word> {
    Ok(match receiver(vm, args)? {
        Some(regexp) => value::boolean(vm.regexps.get(vm.program_of(regexp)).flags.contains(letter)),
        None => UNDEFINED,
    })
}

fn check(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    if regexp_of(vm, word).is_some() {
        return Ok(UNDEFINED);
    }
    let (name, text) = (vm.text(vm.arg(args, 1)), vm.brief(word));
    Err(vm.type_error(&format!("Method RegExp.prototype.{name} called on incompatible receiver {text}")))
}

/// The match of an expression in a text from an index on: an array as `exec` gives it, or null.
fn match_at(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(regexp) = regexp_of(vm, vm.arg(args, 0)) else { return Ok(NULL) };
    let start = vm.small_arg(args, 2).unwrap_or(0).max(0) as usize;
    let text = vm.arg(args, 1);
    let program = vm.program_of(regexp);
    match vm.find_match(program, text, start) {
        Some(found) => match_array(vm, program, text, &found),
        None => Ok(NULL),
    }
}

/// What `exec` gives for a match in a text.
pub(super) fn match_array(vm: &mut Vm, program: u32, text: Word, found: &Match) -> Completion<Word> {
    let text = vm.handle(text);
    let mut parts = Vec::with_capacity(1 + found.captures.len());
    for range in std::iter::once(Some(found.range.clone())).chain(found.captures.iter().cloned()) {
        let part = piece(vm, text, range)?;
        parts.push(vm.handle(part));
    }
    let array = vm.array_from_handles(&parts)?;
    let array = vm.handle(array);
    let groups = named_groups(vm, found, |vm, range| piece(vm, text, range))?;
    let groups = vm.handle(groups);
    let shape = result_shape(vm);
    // The three properties lie in a property array that makes the result as large as V8's, which has hidden ones.
    let list = vm.allocate(value::PROPERTY_ARRAY, shapes::INTERNAL, 6)?;
    vm.heap.init(list, 1, Word::smi(4));
    vm.heap.init(list, 5, UNDEFINED);
    for (slot, word) in (2..).zip([Word::smi(found.range.start as i32), vm.at(text), vm.at(groups)]) {
        vm.heap.set(list, slot, word);
    }
    let object = vm.ref_at(array);
    vm.heap.set(object, value::PROPERTIES, Word::reference(list));
    vm.heap.set_shape(object, shape.0);
    if vm.regexps.get(program).flags.contains('d') {
        let indices = indices_array(vm, found)?;
        let indices = vm.handle(indices);
        let atom = vm.intern("indices")?;
        vm.define_data(vm.at(array), Key::Atom(atom), vm.at(indices), Attributes::PLAIN)?;
    }
    Ok(vm.at(array))
}

/// With the flag `d`: where the match and its groups begin and end.
fn indices_array(vm: &mut Vm, found: &Match) -> Completion<Word> {
    let mut pairs = Vec::with_capacity(1 + found.captures.len());
    for range in std::iter::once(Some(found.range.clone())).chain(found.captures.iter().cloned()) {
        let pair = index_pair(vm, range)?;
        pairs.push(vm.handle(pair));
    }
    let array = vm.array_from_handles(&pairs)?;
    let array = vm.handle(array);
    let groups = named_groups(vm, found, index_pair)?;
    let groups = vm.handle(groups);
    vm.define_data(vm.at(array), Key::Atom(vm.names.groups), vm.at(groups), Attributes::PLAIN)?;
    Ok(vm.at(array))
}

fn index_pair(vm: &mut Vm, range: Option<Range<usize>>) -> Completion<Word> {
    let Some(range) = range else { return Ok(UNDEFINED) };
    let ends = [range.start, range.end].map(|end| vm.handle(Word::smi(end as i32)));
    vm.array_from_handles(&ends)
}

/// The shape of an array with `index`, `input` and `groups`.
fn result_shape(vm: &mut Vm) -> ShapeId {
    if let Some(shape) = vm.regexps.result_shape {
        return shape;
    }
    let prototype = vm.intrinsic(Intrinsic::ArrayPrototype);
    let root = vm.root_shape(prototype, crate::object::ARRAY_ROOT);
    let names = [vm.names.index, vm.names.input, vm.names.groups];
    let shape = names.iter().fold(root, |shape, &atom| vm.roots.shapes.add(shape, atom, Attributes::PLAIN));
    vm.regexps.result_shape = Some(shape);
    shape
}

/// A part of a text; undefined for a group that took no part.
pub(super) fn piece(vm: &mut Vm, text: Handle, range: Option<Range<usize>>) -> Completion<Word> {
    match range {
        Some(range) => vm.substring(vm.at(text), range.start as u32, range.end as u32),
        None => Ok(UNDEFINED),
    }
}

/// An object of the named groups, of what `part` makes of each; undefined where the expression names none.
fn named_groups(
    vm: &mut Vm,
    found: &Match,
    part: impl Fn(&mut Vm, Option<Range<usize>>) -> Completion<Word>,
) -> Completion<Word> {
    if found.named_groups().next().is_none() {
        return Ok(UNDEFINED);
    }
    let groups: Vec<_> = found.named_groups().map(|(name, range)| (name.to_owned(), range)).collect();
    let object = vm.new_table_object(NULL)?;
    let object = vm.handle(object);
    for (name, range) in groups {
        let part = part(vm, range)?;
        let part = vm.handle(part);
        let atom = vm.intern(&name)?;
        vm.define_data(vm.at(object), Key::Atom(atom), vm.at(part), Attributes::PLAIN)?;
    }
    Ok(vm.at(object))
}
