//! Strings: searching, splitting, replacing, joining.

use semispace_heap::Word;

use super::*;
use crate::object::string::known_atom;

pub(super) fn join_primitives(vm: &mut Vm, args: Args) -> Completion<Word> {
    let array = |vm: &Vm| vm.arg(args, 0).as_ref().filter(|_| vm.kind(vm.arg(args, 0)) == Some(value::ARRAY));
    let Some(length) = array(vm).map(|array| vm.array_length(array)) else { return Ok(UNDEFINED) };
    if length > 1 {
        // V8's list of the pieces (`src/builtins/array-join.tq`).
        vm.leave_dead(value::FIXED_SLOTS + length.min(MOST_PIECES))?;
    }
    let (list, Some(array)) = (vm.arg(args, 0), array(vm)) else { return Ok(UNDEFINED) };
    let separator = vm.units(vm.arg(args, 1));
    let mut text: Vec<u16> = Vec::new();
    let mut separators = 0;
    let words = vm.dense_words(list);
    for index in 0..vm.array_length(array) {
        separators += usize::from(index > 0);
        let word = match (&words, vm.double_element(array, index)) {
            (Some(words), _) => Piece::Word(words[index as usize]),
            (None, Some(number)) => Piece::Number(number),
            (None, None) => Piece::Word(vm.get_data(list, Key::Index(index))),
        };
        let piece = match word {
            Piece::Word(UNDEFINED | NULL) => continue,
            Piece::Word(word) if vm.is_string(word) && vm.string_length(word) == 0 => continue,
            Piece::Word(word) => vm.as_number(word).map_or(Piece::Word(word), Piece::Number),
            number => number,
        };
        if text.len() + separators * separator.len() > string::MAX_LENGTH {
            return Err(vm.range_error("Invalid string length"));
        }
        (0..separators).for_each(|_| text.extend_from_slice(&separator));
        separators = 0;
        match piece {
            Piece::Number(number) => {
                text.extend(crate::builtins::number_format::shortest(number).bytes().map(u16::from));
            }
            Piece::Word(word) if vm.is_string(word) => vm.append_units(word, &mut text),
            Piece::Word(word @ (value::TRUE | value::FALSE)) => text.extend(vm.brief(word).encode_utf16()),
            Piece::Word(_) => return Ok(UNDEFINED),
        }
    }
    if text.len() + separators * separator.len() > string::MAX_LENGTH {
        return Err(vm.range_error("Invalid string length"));
    }
    if text.is_empty() {
        // Nothing but separators (V8: `BufferJoin`).
        let separator = vm.handle(vm.arg(args, 1));
        return string::repeated(vm, separator, separators as u32);
    }
    (0..separators).for_each(|_| text.extend_from_slice(&separator));
    vm.string_from_units(&text)
}

/// An element that is joined.
enum Piece {
    Word(Word),
    Number(f64),
}

/// Pieces that V8 has room for at once.
const MOST_PIECES: u32 = 16 * 1024 - 2;

pub(super) fn key_text(vm: &mut Vm, args: Args) -> Completion<Word> {
    let word = vm.arg(args, 0);
    let key = vm.to_key(word)?;
    let text = vm.key_text(key);
    vm.string(&text)
}

pub(super) fn index_of(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.flatten(vm.arg(args, 0))?;
    vm.set_arg(args, 0, text);
    let pattern = vm.flatten(vm.arg(args, 1))?;
    let from = vm.small_arg(args, 2).unwrap_or(0).max(0) as usize;
    Ok(Word::smi(string::find_in(vm, vm.arg(args, 0), pattern, from).map_or(-1, |at| at as i32)))
}

pub(super) fn slice(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.arg(args, 0);
    let length = vm.string_length(text) as usize;
    let start = convert::relative(vm, args, 1, length, 0)?;
    let end = convert::relative(vm, args, 2, length, length)?;
    vm.substring(text, start as u32, end.max(start) as u32)
}

pub(super) fn split(vm: &mut Vm, args: Args) -> Completion<Word> {
    let limit = vm.number_arg(args, 2)? as usize;
    let separator = vm.arg(args, 1);
    if limit == 0 {
        return vm.new_array().map(Word::reference);
    }
    if separator == UNDEFINED {
        return vm.array_from_live(&[vm.arg(args, 0)]);
    }
    let text = vm.flatten(vm.arg(args, 0))?;
    vm.set_arg(args, 0, text);
    let separator = vm.flatten(vm.arg(args, 1))?;
    // The characters of a text are not remembered, nor what is cut short.
    let whole = limit == u32::MAX as usize && vm.string_length(separator) > 0;
    let names =
        whole.then(|| Some((known_atom(&vm.heap, text)?, known_atom(&vm.heap, separator)?))).flatten();
    let known = names.and_then(|(text, separator)| vm.roots.split_results.find(text, separator));
    if let Some(elements) = known {
        return vm.array_sharing(elements);
    }
    let (text, separator) = (vm.arg(args, 0), separator);
    let (Some(text), Some(separator)) = (vm.view(text), vm.view(separator)) else {
        return Ok(UNDEFINED);
    };
    let ranges = pieces(&text, &separator, limit);
    let mut parts = Vec::with_capacity(ranges.len());
    for (start, end) in ranges {
        let part = vm.substring(vm.arg(args, 0), start as u32, end as u32)?;
        parts.push(vm.handle(part));
    }
    let array = vm.array_from_handles(&parts)?;
    if let (Some((text, separator)), Some(object)) = (names, array.as_ref())
        && let elements = vm.heap.get(object, value::ELEMENTS)
        && let Some(store) = elements.as_ref()
    {
        vm.heap.set_shape(store, value::shapes::SHARED_ELEMENTS);
        vm.roots.split_results.remember(text, separator, elements);
    }
    Ok(array)
}

/// Where the parts of a text between separators begin and end.
pub(super) fn pieces(text: &StringView<'_>, separator: &StringView<'_>, limit: usize) -> Vec<(usize, usize)> {
    if separator.len() == 0 {
        return (0..text.len().min(limit)).map(|at| (at, at + 1)).collect();
    }
    let mut found = Vec::new();
    let mut start = 0;
    while found.len() < limit {
        let Some(end) = text.find(separator, start) else {
            found.push((start, text.len()));
            break;
        };
        found.push((start, end));
        start = end + separator.len();
    }
    found
}

pub(super) fn replace_first(vm: &mut Vm, args: Args) -> Completion<Word> {
    let text = vm.flatten(vm.arg(args, 0))?;
    vm.set_arg(args, 0, text);
    let search = vm.flatten(vm.arg(args, 1))?;
    vm.set_arg(args, 1, search);
    let template = vm.flatten(vm.arg(args, 2))?;
    vm.set_arg(args, 2, template);
    let Some(at) = string::find_in(vm, vm.arg(args, 0), search, 0) else { return Ok(vm.arg(args, 0)) };
    if vm.view(template).is_some_and(|view| view.find_unit(u16::from(b'$'), 0).is_some()) {
        let (text, template) = (vm.units(vm.arg(args, 0)), vm.units(template));
        let expanded = expanded(&template, &text, &vm.units(search), at);
        let expanded = vm.string_from_units(&expanded)?;
        vm.set_arg(args, 2, expanded);
    }
    let end = at as u32 + vm.string_length(vm.arg(args, 1));
    let before = vm.substring(vm.arg(args, 0), 0, at as u32)?;
    let start = vm.concat(before, vm.arg(args, 2))?;
    let start = vm.handle(start);
    let length = vm.string_length(vm.arg(args, 0));
    let rest = vm.substring(vm.arg(args, 0), end, length)?;
    vm.concat(vm.at(start), rest)
}

/// `$replaceEach(text, search, replacement)`: each place of another text replaced by a third, put together as V8 does
/// (`src/builtins/string-replaceall.tq`).
pub(super) fn replace_each(vm: &mut Vm, args: Args) -> Completion<Word> {
    for index in 0..3 {
        let flat = vm.flatten(vm.arg(args, index))?;
        vm.set_arg(args, index, flat);
    }
    let (length, width) = (vm.string_length(vm.arg(args, 0)), vm.string_length(vm.arg(args, 1)));
    let (mut result, mut end, mut from) = (vm.intrinsic(Intrinsic::EmptyString), 0, 0);
    while from <= length
        && let Some(found) = string::find_in(vm, vm.arg(args, 0), vm.arg(args, 1), from as usize)
    {
        let mark = vm.roots.handle_mark();
        let so_far = vm.handle(result);
        let between = vm.substring(vm.arg(args, 0), end, found as u32)?;
        let longer = vm.concat(vm.at(so_far), between)?;
        result = vm.concat(longer, vm.arg(args, 2))?;
        vm.roots.release_handles(mark);
        end = found as u32 + width;
        from = found as u32 + width.max(1);
    }
    let so_far = vm.handle(result);
    let rest = vm.substring(vm.arg(args, 0), end, length)?;
    vm.concat(vm.at(so_far), rest)
}

pub(super) fn expand_replacement(vm: &mut Vm, args: Args) -> Completion<Word> {
    let template = vm.units(vm.arg(args, 0));
    let (text, matched) = (vm.units(vm.arg(args, 1)), vm.units(vm.arg(args, 2)));
    let at = vm.small_arg(args, 3).unwrap_or(0) as usize;
    let out = expanded(&template, &text, &matched, at);
    vm.string_from_units(&out)
}

/// GetSubstitution (ECMA-262 22.1.3.19.1) of a match without groups.
pub(super) fn expanded(template: &[u16], text: &[u16], matched: &[u16], at: usize) -> Vec<u16> {
    let mut out = Vec::with_capacity(template.len());
    let mut rest = template;
    while let [unit, tail @ ..] = rest {
        rest = tail;
        let letter = tail.first().and_then(|&letter| char::from_u32(u32::from(letter)));
        let expansion = match letter {
            _ if *unit != u16::from(b'$') => None,
            Some('$') => Some(&[b'$' as u16][..]),
            Some('&') => Some(matched),
            Some('`') => Some(&text[..at]),
            Some('\'') => Some(&text[(at + matched.len()).min(text.len())..]),
            _ => None,
        };
        match expansion {
            Some(expansion) => {
                out.extend_from_slice(expansion);
                rest = &tail[1..];
            }
            None => out.push(*unit),
        }
    }
    out
}
