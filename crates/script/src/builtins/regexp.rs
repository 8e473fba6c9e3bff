//! RegExp: the objects and the match itself, by `regress`. The protocol (`lastIndex`, `replace`, `split`, ...) is in
//! `prelude/regexp.js`.

use std::ops::Range;
use std::rc::Rc;

use regress::{Match, Regex};
use semispace_heap::{Ref, Word};

use super::install::{Function, accessor, constructor, interned, methods, species};
use crate::object::Key;
use crate::shape::{Attributes, RootShape};
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::{Abrupt, Args, Completion, Hint, Intrinsic, NativeFn, Vm};

/// Word of a regular expression: its number among the machine's compiled ones.
const PROGRAM: u32 = 3;
/// Word of a regular expression: its source.
const SOURCE: u32 = 4;
/// Word of a regular expression: its flags, in alphabetical order.
const FLAGS: u32 = 5;

const INTRINSICS: &[Function] = &[("$regexpMatch", 3, match_at), ("$checkRegExp", 2, check)];

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

/// RegExp and its prototype.
///
/// # Errors
/// Out of memory.
pub fn install(vm: &mut Vm) -> Completion {
    let class = constructor(vm, ("RegExp", 2, construct), Intrinsic::RegExpPrototype)?;
    species(vm, class)?;
    let prototype = vm.intrinsic(Intrinsic::RegExpPrototype);
    accessor(vm, prototype, "source", source, None)?;
    accessor(vm, prototype, "flags", flags, None)?;
    for &(name, getter) in FLAG_GETTERS {
        accessor(vm, prototype, name, getter, None)?;
    }
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// A compiled expression, shared by all objects of the same source and flags.
#[derive(Clone, Debug)]
pub struct Program {
    source: Vec<u16>,
    flags: String,
    regex: Rc<Regex>,
}

/// The text that was searched last, decoded: a global search comes back to the same one for each match.
#[derive(Clone, Debug)]
pub struct Subject {
    string: Word,
    /// Collections before it: the next one may move the string.
    collections: u64,
    units: Rc<[u16]>,
}

impl Vm {
    /// A regular expression from strings.
    pub(crate) fn new_regexp(&mut self, source: Word, flags: Word) -> Completion<Word> {
        let prototype = self.intrinsic(Intrinsic::RegExpPrototype);
        self.new_regexp_with(source, flags, prototype)
    }

    fn new_regexp_with(&mut self, source: Word, flags: Word, prototype: Word) -> Completion<Word> {
        let program = self.regexp_program(source, flags)?;
        let (source, flags) = (self.handle(source), self.handle(flags));
        // `lastIndex` lies in the object.
        let sort = RootShape { kind: value::REGEXP, start: 6, in_object: 1 };
        let shape = self.root_shape(prototype, sort);
        let object = self.new_object_of(shape)?;
        self.heap.init(object, PROGRAM, Word::smi(program as i32));
        let (source, flags) = (self.at(source), self.at(flags));
        self.heap.set(object, SOURCE, source);
        self.heap.set(object, FLAGS, flags);
        let object = self.handle(Word::reference(object));
        let atom = self.names.last_index;
        self.define_data(self.at(object), Key::Atom(atom), Word::smi(0), Attributes(Attributes::WRITABLE))?;
        Ok(self.at(object))
    }

    fn regexp_program(&mut self, source: Word, flags: Word) -> Completion<usize> {
        let (source, flags) = (self.units(source), self.text(flags));
        let known =
            self.regexps.iter().position(|program| program.source == source && program.flags == flags);
        if let Some(known) = known {
            return Ok(known);
        }
        let distinct = flags
            .chars()
            .enumerate()
            .all(|(at, flag)| "dgimsuvy".contains(flag) && !flags[..at].contains(flag));
        if !distinct || flags.contains('u') && flags.contains('v') {
            return Err(self.syntax_error(&format!("Invalid flags supplied to RegExp constructor '{flags}'")));
        }
        let points = char::decode_utf16(source.iter().copied())
            .map(|c| c.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from));
        let points: Vec<u32> = points.collect();
        match Regex::from_unicode(points.into_iter(), flags.as_str()) {
            Ok(regex) => {
                self.regexps.push(Program { source, flags, regex: Rc::new(regex) });
                Ok(self.regexps.len() - 1)
            }
            Err(error) => {
                let text = String::from_utf16_lossy(&source);
                let reason = in_words_of_v8(&error.text);
                Err(self.syntax_error(&format!("Invalid regular expression: /{text}/: {reason}")))
            }
        }
    }

    /// `/source/flags`
    pub(crate) fn regexp_text(&self, regexp: Ref) -> String {
        let source = escaped_source(&self.text(self.heap.get(regexp, SOURCE)));
        format!("/{source}/{}", self.text(self.heap.get(regexp, FLAGS)))
    }
}

/// The commonest complaints in V8's words.
fn in_words_of_v8(complaint: &str) -> &str {
    match complaint {
        "Unbalanced bracket" => "Unterminated character class",
        "Unbalanced parenthesis" => "Unterminated group",
        other => other,
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

fn regexp_of(vm: &Vm, word: Word) -> Option<Ref> {
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

fn flags(vm: &mut Vm, args: Args) -> Completion<Word> {
    let mut letters: Vec<char> = match receiver(vm, args)? {
        Some(regexp) => vm.text(vm.heap.get(regexp, FLAGS)).chars().collect(),
        None => Vec::new(),
    };
    letters.sort_unstable();
    vm.string(&letters.into_iter().collect::<String>())
}

fn flag(vm: &mut Vm, args: Args, letter: char) -> Completion<Word> {
    Ok(match receiver(vm, args)? {
        Some(regexp) => {
            let program = vm.heap.get(regexp, PROGRAM).payload() as usize;
            value::boolean(vm.regexps[program].flags.contains(letter))
        }
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
    let program = vm.heap.get(regexp, PROGRAM).payload() as usize;
    let start = vm.arg(args, 2).as_smi().unwrap_or(0).max(0) as usize;
    let text = subject(vm, vm.arg(args, 1));
    if start > text.len() {
        return Ok(NULL);
    }
    let Program { regex, flags, .. } = &vm.regexps[program];
    let found = if flags.contains(['u', 'v']) {
        regex.find_from_utf16(&text, start).next()
    } else {
        regex.find_from_ucs2(&text, start).next()
    };
    let (sticky, has_indices) = (flags.contains('y'), flags.contains('d'));
    match found {
        Some(found) if !sticky || found.range.start == start => match_array(vm, args, &found, has_indices),
        _ => Ok(NULL),
    }
}

/// The code units of the text to search.
fn subject(vm: &mut Vm, string: Word) -> Rc<[u16]> {
    let collections = vm.heap.collections();
    match &vm.subject {
        Some(last) if last.string == string && last.collections == collections => last.units.clone(),
        _ => {
            let units: Rc<[u16]> = vm.units(string).into();
            vm.subject = Some(Subject { string, collections, units: units.clone() });
            units
        }
    }
}

fn match_array(vm: &mut Vm, args: Args, found: &Match, has_indices: bool) -> Completion<Word> {
    let mut parts = Vec::with_capacity(1 + found.captures.len());
    for range in std::iter::once(Some(found.range.clone())).chain(found.captures.iter().cloned()) {
        let part = piece(vm, args, range)?;
        parts.push(vm.handle(part));
    }
    let array = vm.array_from_handles(&parts)?;
    let array = vm.handle(array);
    let groups = named_groups(vm, found, |vm, range| piece(vm, args, range))?;
    let groups = vm.handle(groups);
    let names = vm.names;
    let index = Word::smi(found.range.start as i32);
    vm.define_data(vm.at(array), Key::Atom(names.index), index, Attributes::PLAIN)?;
    vm.define_data(vm.at(array), Key::Atom(names.input), vm.arg(args, 1), Attributes::PLAIN)?;
    vm.define_data(vm.at(array), Key::Atom(names.groups), vm.at(groups), Attributes::PLAIN)?;
    if has_indices {
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

fn piece(vm: &mut Vm, args: Args, range: Option<Range<usize>>) -> Completion<Word> {
    match range {
        Some(range) => vm.substring(vm.arg(args, 1), range.start as u32, range.end as u32),
        None => Ok(UNDEFINED),
    }
}

/// An object of the named groups, of what `part` makes of each; undefined where the expression names none.
fn named_groups(
    vm: &mut Vm,
    found: &Match,
    part: impl Fn(&mut Vm, Option<Range<usize>>) -> Completion<Word>,
) -> Completion<Word> {
    let groups: Vec<_> = found.named_groups().map(|(name, range)| (name.to_owned(), range)).collect();
    if groups.is_empty() {
        return Ok(UNDEFINED);
    }
    let object = Word::reference(vm.new_object_with_prototype(NULL)?);
    let object = vm.handle(object);
    for (name, range) in groups {
        let part = part(vm, range)?;
        let part = vm.handle(part);
        let atom = vm.intern(&name)?;
        vm.define_data(vm.at(object), Key::Atom(atom), vm.at(part), Attributes::PLAIN)?;
    }
    Ok(vm.at(object))
}
