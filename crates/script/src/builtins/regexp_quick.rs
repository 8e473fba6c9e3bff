//! The short way for regular expressions that no script has changed anything of: `exec`, `test`, `search`, `match`, `replace` and
//! `split` in one native call. Each answers undefined where script may have a say in it; then `prelude/regexp.js` does it step by
//! step.

use std::ops::Range;

use regress::Match;
use semispace_heap::{Ref, Word};

use super::install::{Function, methods};
use super::regexp::{LAST_INDEX, match_array, piece, regexp_of};
use crate::value::{self, NULL, UNDEFINED};
use crate::vm::{Args, Completion, Handle, Intrinsic, Vm};

const INTRINSICS: &[Function] = &[
    ("$quickExec", 2, exec),
    ("$quickTest", 3, test),
    ("$quickSearch", 3, search_index),
    ("$quickMatch", 3, match_all),
    ("$quickReplace", 4, replace),
    ("$quickCalls", 4, calls),
    ("$joinReplaced", 2, join_replaced),
    ("$quickSplit", 4, split),
];

/// Puts the intrinsics where the prelude finds them.
///
/// # Errors
/// Out of memory.
pub(super) fn install(vm: &mut Vm) -> Completion {
    methods(vm, vm.intrinsic(Intrinsic::Helpers), INTRINSICS)
}

/// A search under way: the expression, its program, the text.
struct Search {
    regexp: Handle,
    program: u32,
    text: Handle,
    global: bool,
    /// `lastIndex` counts.
    moves: bool,
}

/// The expression in argument 0 and the text in argument 1, if both are plain. `exec` is the argument with the built-in
/// method, which must still be the prototype's own.
fn search(vm: &mut Vm, args: Args, exec: Option<usize>) -> Completion<Option<Search>> {
    let text = vm.arg(args, 1);
    let Some(regexp) = regexp_of(vm, vm.arg(args, 0)).filter(|_| vm.is_string(text)) else { return Ok(None) };
    let is_plain = vm.regexps.shape == Some(vm.shape_of(regexp))
        && vm.heap.get(regexp, LAST_INDEX).as_smi().is_some_and(|index| index >= 0)
        && !vm.regexps.prototype_changed
        && exec.is_none_or(|exec| prototype_is_plain(vm, vm.arg(args, exec)));
    if !is_plain {
        return Ok(None);
    }
    let program = vm.program_of(regexp);
    let (global, sticky) = {
        let program = vm.regexps.get(program);
        (program.flags.contains('g'), program.is_sticky())
    };
    let regexp = vm.handle(Word::reference(regexp));
    let text = vm.flatten(text)?;
    Ok(Some(Search { regexp, program, text: vm.handle(text), global, moves: global || sticky }))
}

/// Whether `exec` and the accessors of the built-in prototype are those it was born with.
fn prototype_is_plain(vm: &Vm, exec: Word) -> bool {
    let Some(prototype) = vm.intrinsic(Intrinsic::RegExpPrototype).as_ref() else { return false };
    vm.regexps.prototype_shape == Some(vm.shape_of(prototype))
        && vm.peek_own_data(prototype, vm.names.exec) == Some(exec)
}

impl Search {
    fn find(&self, vm: &mut Vm, from: usize) -> Option<Match> {
        let text = vm.at(self.text);
        vm.find_match(self.program, text, from)
    }

    /// One step of `exec`, which reads and moves `lastIndex`.
    fn exec(&self, vm: &mut Vm) -> Option<Match> {
        let from = if self.moves { vm.heap.get(vm.ref_at(self.regexp), LAST_INDEX).payload() } else { 0 };
        let found = self.find(vm, from as usize);
        if self.moves {
            self.set_last_index(vm, found.as_ref().map_or(0, |found| found.range.end));
        }
        found
    }

    fn set_last_index(&self, vm: &mut Vm, index: usize) {
        let regexp: Ref = vm.ref_at(self.regexp);
        vm.heap.init(regexp, LAST_INDEX, Word::smi(index as i32));
    }

    /// All matches of a global search from the beginning, or the one of another.
    fn matches(&self, vm: &mut Vm) -> Vec<Match> {
        if !self.global {
            return self.exec(vm).into_iter().collect();
        }
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(next) = self.find(vm, from) {
            from = if next.range.is_empty() { self.advance(vm, next.range.end) } else { next.range.end };
            found.push(next);
        }
        self.set_last_index(vm, 0);
        found
    }

    /// The position after an empty match: past a whole surrogate pair in Unicode mode.
    fn advance(&self, vm: &Vm, index: usize) -> usize {
        let Some(text) = vm.view(vm.at(self.text)) else { return index + 1 };
        let is_pair = index + 1 < text.len()
            && vm.regexps.get(self.program).is_unicode()
            && (0xD800..0xDC00).contains(&text.unit(index))
            && (0xDC00..0xE000).contains(&text.unit(index + 1));
        if is_pair { index + 2 } else { index + 1 }
    }
}

fn exec(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(search) = search(vm, args, None)? else { return Ok(UNDEFINED) };
    match search.exec(vm) {
        Some(found) => match_array(vm, search.program, vm.at(search.text), &found),
        None => Ok(NULL),
    }
}

fn test(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(search) = search(vm, args, Some(2))? else { return Ok(UNDEFINED) };
    Ok(value::boolean(search.exec(vm).is_some()))
}

/// Where the first match begins; `lastIndex` does not count.
fn search_index(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(search) = search(vm, args, Some(2))? else { return Ok(UNDEFINED) };
    let found = search.find(vm, 0);
    Ok(Word::smi(found.map_or(-1, |found| found.range.start as i32)))
}

fn match_all(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(search) = search(vm, args, Some(2))? else { return Ok(UNDEFINED) };
    if !search.global {
        return exec(vm, args);
    }
    let mut parts = Vec::new();
    for found in search.matches(vm) {
        let part = piece(vm, search.text, Some(found.range))?;
        parts.push(vm.handle(part));
    }
    if parts.is_empty() { Ok(NULL) } else { collected(vm, &parts) }
}

/// An array of parts. What V8 collects them in, a list that grows (`GrowableFixedArray`), is left dead.
fn collected(vm: &mut Vm, parts: &[Handle]) -> Completion<Word> {
    let mut capacity = 0;
    while capacity < parts.len() as u32 {
        capacity += capacity / 2 + 16;
        vm.leave_dead(value::FIXED_SLOTS + capacity)?;
    }
    vm.array_from_handles(parts)
}

/// With a string in place of the matches; one that names groups is left to the prelude.
fn replace(vm: &mut Vm, args: Args) -> Completion<Word> {
    let replacement = vm.arg(args, 2);
    if !vm.is_string(replacement) {
        return Ok(UNDEFINED);
    }
    let template = vm.units(replacement);
    let names_group = template.windows(2).any(|pair| pair == [u16::from(b'$'), u16::from(b'<')]);
    let Some(search) = (if names_group { None } else { search(vm, args, Some(3))? }) else {
        return Ok(UNDEFINED);
    };
    let matches = search.matches(vm);
    if matches.is_empty() {
        return Ok(vm.at(search.text));
    }
    if !template.contains(&u16::from(b'$')) {
        return put_in(vm, &search, &matches, replacement);
    }
    let text = vm.units(vm.at(search.text));
    let (mut out, mut end) = (Vec::with_capacity(text.len()), 0);
    for found in &matches {
        out.extend_from_slice(&text[end..found.range.start]);
        expand_into(&mut out, &template, &text, found);
        end = found.range.end;
    }
    out.extend_from_slice(&text[end..]);
    vm.string_from_units(&out)
}

/// The text with one string in place of all matches, appended piece by piece (V8: `RegExpReplaceFastString`).
fn put_in(vm: &mut Vm, search: &Search, matches: &[Match], replacement: Word) -> Completion<Word> {
    let replacement = vm.handle(replacement);
    let (mut end, length) = (0, vm.string_length(vm.at(search.text)) as usize);
    let mut replaced = vm.handle(vm.intrinsic(Intrinsic::EmptyString));
    for found in matches {
        replaced = append(vm, replaced, search.text, end..found.range.start)?;
        let longer = vm.concat(vm.at(replaced), vm.at(replacement))?;
        replaced = vm.handle(longer);
        end = found.range.end;
    }
    replaced = append(vm, replaced, search.text, end..length)?;
    Ok(vm.at(replaced))
}

fn append(vm: &mut Vm, to: Handle, text: Handle, range: Range<usize>) -> Completion<Handle> {
    let part = piece(vm, text, Some(range))?;
    let longer = vm.concat(vm.at(to), part)?;
    Ok(vm.handle(longer))
}

/// What a replacement function is called with, three values for each match: where it begins and ends, and the match, or if
/// the expression has groups a list of the arguments: the match, its groups, where it is, the text. Expressions with named
/// groups are left to the prelude.
fn calls(vm: &mut Vm, args: Args) -> Completion<Word> {
    let Some(search) = search(vm, args, Some(3))? else { return Ok(UNDEFINED) };
    let matches = search.matches(vm);
    if matches.first().is_some_and(|found| found.named_groups().next().is_some()) {
        return Ok(UNDEFINED);
    }
    let mut calls = Vec::with_capacity(3 * matches.len());
    for found in matches {
        let mut list = Vec::with_capacity(found.captures.len() + 3);
        let (at, end) = (found.range.start, found.range.end);
        calls.extend([at, end].map(|index| vm.handle(Word::smi(index as i32))));
        if found.captures.is_empty() {
            let part = piece(vm, search.text, Some(found.range))?;
            calls.push(vm.handle(part));
            continue;
        }
        let mark = vm.roots.handle_mark();
        for range in std::iter::once(Some(found.range)).chain(found.captures) {
            let part = piece(vm, search.text, range)?;
            list.push(vm.handle(part));
        }
        list.push(vm.handle(Word::smi(at as i32)));
        list.push(search.text);
        let list = vm.array_from_handles(&list)?;
        vm.roots.release_handles(mark);
        calls.push(vm.handle(list));
    }
    vm.array_from_handles(&calls)
}

/// `$joinReplaced(calls, text)`: the text with what the calls have returned, which lies in their third places.
fn join_replaced(vm: &mut Vm, args: Args) -> Completion<Word> {
    let calls = vm.dense_words(vm.arg(args, 0)).unwrap_or_default();
    if calls.is_empty() {
        return Ok(vm.arg(args, 1));
    }
    let text = vm.units(vm.arg(args, 1));
    let (mut out, mut done) = (Vec::with_capacity(text.len()), 0);
    for call in calls.chunks_exact(3) {
        out.extend_from_slice(&text[done..call[0].payload() as usize]);
        out.extend(vm.units(call[2]));
        done = call[1].payload() as usize;
    }
    out.extend_from_slice(&text[done..]);
    vm.string_from_units(&out)
}

/// GetSubstitution (ECMA-262 22.1.3.19.1), without named groups.
fn expand_into(out: &mut Vec<u16>, template: &[u16], text: &[u16], found: &Match) {
    let mut rest = template;
    while let Some(dollar) = rest.iter().position(|&unit| unit == u16::from(b'$')) {
        out.extend_from_slice(&rest[..dollar]);
        rest = &rest[dollar..];
        let letter = rest.get(1).and_then(|&unit| u8::try_from(unit).ok());
        let (length, part) = match letter {
            Some(b'$') => (2, &rest[..1]),
            Some(b'&') => (2, &text[found.range.clone()]),
            Some(b'`') => (2, &text[..found.range.start]),
            Some(b'\'') => (2, &text[found.range.end..]),
            _ => match group_number(rest, found.captures.len()) {
                Some((length, number)) => {
                    (length, found.captures[number - 1].clone().map_or(&[][..], |range| &text[range]))
                }
                None => (1, &rest[..1]),
            },
        };
        out.extend_from_slice(part);
        rest = &rest[length..];
    }
    out.extend_from_slice(rest);
}

/// `$n` or `$nn` at the beginning: its length and the group, of those that there are.
fn group_number(rest: &[u16], groups: usize) -> Option<(usize, usize)> {
    let digit =
        |at: usize| char::from_u32(u32::from(*rest.get(at)?))?.to_digit(10).map(|digit| digit as usize);
    let first = digit(1)?;
    let both = digit(2).map(|second| first * 10 + second);
    match both.filter(|number| (1..=groups).contains(number)) {
        Some(number) => Some((3, number)),
        None => (1..=groups).contains(&first).then_some((2, first)),
    }
}

/// The parts of the text between matches, with the groups of each.
fn split(vm: &mut Vm, args: Args) -> Completion<Word> {
    let most = vm.number_arg(args, 2)? as usize;
    let Some(search) =
        search(vm, args, Some(3))?.filter(|search| !vm.regexps.get(search.program).is_sticky())
    else {
        return Ok(UNDEFINED);
    };
    let length = vm.string_length(vm.at(search.text)) as usize;
    if length == 0 || most == 0 {
        return Ok(UNDEFINED);
    }
    let (mut ranges, mut start, mut from) = (Vec::new(), 0, 0);
    while let Some(found) = search.find(vm, from).filter(|found| found.range.start < length) {
        // A match that is empty, and ends where the part begins, separates nothing.
        if found.range.end == start {
            from = search.advance(vm, found.range.start.max(from));
            continue;
        }
        ranges.push(Some(start..found.range.start));
        ranges.extend(found.captures.iter().cloned());
        start = found.range.end;
        from = start;
        if found.range.is_empty() {
            from = search.advance(vm, start);
        }
    }
    ranges.push(Some(start..length));
    ranges.truncate(most);
    let mut parts = Vec::with_capacity(ranges.len());
    for range in ranges {
        let part = piece(vm, search.text, range)?;
        parts.push(vm.handle(part));
    }
    collected(vm, &parts)
}
