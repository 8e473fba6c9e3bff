//! Compiled regular expressions, and the search for one match: by `regress`, with what it leaves to its user. The text is
//! decoded once, not for each match nor for each slice of it; places where no match can begin are passed over; an expression with the flag `y`, or one that
//! begins with `^`, is tried at one place only.

use std::ops::Range;
use std::rc::Rc;

use regress::{Error, Match, Regex};
use rustc_hash::FxHashMap;
use semispace_heap::Word;

use super::regexp_lazy::with_near_ends_first;
use super::regexp_start::Start;
use crate::object::string_view::place_of;
use crate::shape::ShapeId;
use crate::vm::Vm;

/// A compiled expression, shared by all objects of the same source and flags.
#[derive(Clone, Debug)]
pub struct Program {
    /// The flags as they were given.
    pub flags: Rc<str>,
    regex: Rc<Regex>,
    start: Start,
    /// The expression has an empty alternative behind it, a group of its own, so that the search ends where it begins.
    is_tried_once: bool,
}

impl Program {
    /// Compiles a source; the flags are valid ones.
    ///
    /// # Errors
    /// What `regress` says of a source that is no pattern.
    pub fn compile(source: &[u16], flags: &str) -> Result<Self, Error> {
        let mut regex = self::regex(source, flags)?;
        let start = Start::of(source, flags.contains('i'), flags.contains('m'));
        let has_number = source
            .windows(2)
            .any(|pair| pair[0] == b'\\'.into() && pair[1] != b'0'.into() && is_digit(pair[1]));
        // A group more could give a number in the pattern another meaning.
        let is_tried_once = (flags.contains('y') || start.is_beginning) && !has_number;
        if is_tried_once {
            let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
            let wrapped = [&units("(?:")[..], source, &units(")|()")[..]].concat();
            regex = self::regex(&wrapped, flags)?;
        }
        Ok(Self { flags: flags.into(), regex: Rc::new(regex), start, is_tried_once })
    }

    /// Whether the flag `y` is set.
    pub fn is_sticky(&self) -> bool {
        self.flags.contains('y')
    }

    /// Whether the text is read by code points.
    pub fn is_unicode(&self) -> bool {
        self.flags.contains(['u', 'v'])
    }

    fn find(&self, text: Units<'_>, from: usize) -> Option<Match> {
        if from > text.len() {
            return None;
        }
        let start = match text {
            Units::Ascii(text) => self.start.next(text.as_bytes(), from, self.is_sticky())?,
            Units::Wide(units) => self.start.next(units, from, self.is_sticky())?,
        };
        let mut found = match text {
            Units::Ascii(text) => self.regex.find_from_ascii(text, start).next(),
            Units::Wide(units) if self.is_unicode() => self.regex.find_from_utf16(units, start).next(),
            Units::Wide(units) => self.regex.find_from_ucs2(units, start).next(),
        }?;
        let failed = match self.is_tried_once {
            true => found.captures.pop().flatten().is_some(),
            false => self.is_sticky() && found.range.start != from,
        };
        (!failed).then_some(found)
    }
}

fn is_digit(unit: u16) -> bool {
    (u16::from(b'0')..=u16::from(b'9')).contains(&unit)
}

/// Compiles a pattern. Without `u` or `v` it is one of code units: a character beyond them is two.
fn regex(source: &[u16], flags: &str) -> Result<Regex, Error> {
    let source = &*with_near_ends_first(source, flags.contains('v'));
    let points = || {
        char::decode_utf16(source.iter().copied())
            .map(|c| c.map_or_else(|lone| u32::from(lone.unpaired_surrogate()), u32::from))
            .collect::<Vec<u32>>()
    };
    if flags.contains(['u', 'v']) {
        return Regex::from_unicode(points().into_iter(), flags);
    }
    let units = source.iter().map(|&unit| u32::from(unit)).collect::<Vec<u32>>();
    // Names of groups are code points all the same.
    Regex::from_unicode(units.into_iter(), flags)
        .or_else(|error| Regex::from_unicode(points().into_iter(), flags).map_err(|_| error))
}

/// A text to search, decoded.
#[derive(Clone, Debug)]
enum Text {
    Ascii(String),
    Wide(Vec<u16>),
}

/// A part of a text.
#[derive(Clone, Copy)]
enum Units<'t> {
    Ascii(&'t str),
    Wide(&'t [u16]),
}

impl Text {
    fn part(&self, part: Range<usize>) -> Units<'_> {
        match self {
            Self::Ascii(text) => Units::Ascii(&text[part]),
            Self::Wide(units) => Units::Wide(&units[part]),
        }
    }
}

impl Units<'_> {
    fn to_vec(self) -> Vec<u16> {
        match self {
            Self::Ascii(text) => text.encode_utf16().collect(),
            Self::Wide(units) => units.to_vec(),
        }
    }

    fn len(self) -> usize {
        match self {
            Self::Ascii(text) => text.len(),
            Self::Wide(units) => units.len(),
        }
    }
}

/// A text that was searched last: a global search comes back to the same one for each match, a scanner to slices of it.
#[derive(Clone, Debug)]
struct Subject {
    /// The string that has the characters, and those of them that are in `text`.
    string: Word,
    part: Range<usize>,
    /// Collections before it: the next one may move the string.
    collections: u64,
    text: Rc<Text>,
}

/// The longest text of those that are remembered apart, so that looking at a token does not forget the text that it is of.
const SHORT: usize = 64;

/// The last match of any expression: what `RegExp.$1` and its like tell.
#[derive(Clone, Debug, Default)]
struct LastMatch {
    text: Option<Rc<Text>>,
    /// Which part of the text was searched.
    part: Range<usize>,
    /// The whole match, then the groups.
    groups: Vec<Option<Range<usize>>>,
}

/// All compiled expressions of a machine.
#[derive(Clone, Debug, Default)]
pub struct Programs {
    list: Vec<Program>,
    numbers: FxHashMap<(Rc<[u16]>, Rc<str>), u32>,
    /// Programs of literals, by the constant of their source.
    literals: FxHashMap<u32, u32>,
    /// The last short text, the last longer one.
    subjects: [Option<Subject>; 2],
    last: LastMatch,
    /// Shape of the objects with the built-in prototype.
    pub shape: Option<ShapeId>,
    /// Shape of what `exec` gives.
    pub result_shape: Option<ShapeId>,
    /// Shape of the built-in prototype before any script ran.
    pub prototype_shape: Option<ShapeId>,
    /// An accessor of the built-in prototype was redefined.
    pub prototype_changed: bool,
}

impl Programs {
    /// A program.
    pub fn get(&self, number: u32) -> &Program {
        &self.list[number as usize]
    }

    /// The program of a source and flags, if it was compiled before.
    pub fn find(&self, source: &[u16], flags: &str) -> Option<u32> {
        self.numbers.get(&(source.into(), flags.into())).copied()
    }

    /// Adds a program.
    pub fn add(&mut self, source: &[u16], program: Program) -> u32 {
        let number = self.list.len() as u32;
        self.numbers.insert((source.into(), program.flags.clone()), number);
        self.list.push(program);
        number
    }

    /// The text of the last match, and where in it the match (0) or one of its groups lies.
    pub(super) fn last_group(&self, number: usize) -> (Vec<u16>, Range<usize>) {
        let text = self.last.text.as_deref();
        let units = text.map(|text| text.part(self.last.part.clone()).to_vec()).unwrap_or_default();
        let range = self.last.groups.get(number).cloned().flatten().unwrap_or(0..0);
        (units, range)
    }

    /// How many groups the last match had.
    pub(super) fn last_group_count(&self) -> usize {
        self.last.groups.len().saturating_sub(1)
    }

    /// The program of a literal that has been evaluated before.
    pub fn of_literal(&self, constant: u32) -> Option<u32> {
        self.literals.get(&constant).copied()
    }

    /// Remembers it.
    pub fn remember_literal(&mut self, constant: u32, program: u32) {
        self.literals.insert(constant, program);
    }
}

impl Vm {
    /// The first match of a program in a text at or after an index.
    pub(super) fn find_match(&mut self, program: u32, text: Word, from: usize) -> Option<Match> {
        let (string, place) = match place_of(&self.heap, text) {
            Some((string, place)) => (Word::reference(string), place),
            None => (text, 0..self.string_length(text) as usize),
        };
        let collections = self.heap.collections();
        let slot = usize::from(place.len() > SHORT);
        let is_there = |last: &&Subject| {
            last.string == string
                && last.collections == collections
                && last.part.start <= place.start
                && place.end <= last.part.end
        };
        if self.regexps.subjects[slot].as_ref().filter(is_there).is_none() {
            // A slice that is most of its string is not the last one of it.
            let whole = self.string_length(string) as usize;
            let (decoded, part) =
                if place.len() >= whole / 4 { (string, 0..whole) } else { (text, place.clone()) };
            let text = Rc::new(self.decoded(decoded));
            self.regexps.subjects[slot] = Some(Subject { string, part, collections, text });
        }
        let Programs { list, subjects, last, .. } = &mut self.regexps;
        let subject = subjects[slot].as_ref()?;
        let part = place.start - subject.part.start..place.end - subject.part.start;
        let found = list[program as usize].find(subject.text.part(part.clone()), from)?;
        if !last.text.as_ref().is_some_and(|text| Rc::ptr_eq(text, &subject.text)) {
            last.text = Some(subject.text.clone());
        }
        last.part = part;
        last.groups.clear();
        last.groups.push(Some(found.range.clone()));
        last.groups.extend_from_slice(&found.captures);
        Some(found)
    }

    fn decoded(&self, string: Word) -> Text {
        match self.latin1_bytes(string).filter(|bytes| bytes.is_ascii()) {
            Some(bytes) => Text::Ascii(String::from_utf8(bytes).unwrap_or_default()),
            None => Text::Wide(self.units(string)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, flags: &str, text: &str, from: usize) -> Option<std::ops::Range<usize>> {
        let source: Vec<u16> = source.encode_utf16().collect();
        let program = Program::compile(&source, flags).unwrap();
        let ascii = program.find(Units::Ascii(text), from).map(|found| found.range);
        let wide = program
            .find(Units::Wide(&text.encode_utf16().collect::<Vec<u16>>()), from)
            .map(|found| found.range);
        assert_eq!(ascii, wide, "/{source:?}/{flags} in {text:?}");
        ascii
    }

    #[test]
    fn a_sticky_expression_matches_where_it_is_told_or_not_at_all() {
        assert_eq!(found("b+", "y", "abba", 1), Some(1..3));
        assert_eq!(found("b+", "y", "abba", 0), None);
        assert_eq!(found("b*", "y", "abba", 0), Some(0..0));
        assert_eq!(found(r"(b)\1", "y", "abba", 1), Some(1..3));
        assert_eq!(found(r"(b)\1", "y", "abba", 0), None);
        assert_eq!(found("b", "y", "abba", 9), None);
    }

    #[test]
    fn an_expression_of_the_beginning_matches_there_or_not_at_all() {
        assert_eq!(found("^(b+)", "", "bba", 0), Some(0..2));
        assert_eq!(found("^(b+)|^a", "i", "Aba", 0), Some(0..1));
        assert_eq!(found("^b", "", "abb", 0), None);
        assert_eq!(found("^b", "g", "bb", 1), None);
        assert_eq!(found(r"^(b)\1", "", "bba", 0), Some(0..2));
        assert_eq!(found("^b|a", "", "cab", 0), Some(1..2));
        assert_eq!(found("(?:^b)?a", "", "ca", 0), Some(1..2));
    }

    #[test]
    fn characters_beyond_the_basic_plane_are_two_units_without_the_flag_u() {
        let found = |source: &str, flags: &str, text: &str| {
            let source: Vec<u16> = source.encode_utf16().collect();
            let program = Program::compile(&source, flags).unwrap();
            program.find(Units::Wide(&text.encode_utf16().collect::<Vec<u16>>()), 0).map(|found| found.range)
        };
        assert_eq!(found("\u{1d11e}", "", "a\u{1d11e}b"), Some(1..3));
        assert_eq!(found("^.\u{1d11e}", "u", "a\u{1d11e}b"), Some(0..3));
        assert_eq!(found("[\u{1d11e}]+", "", "a\u{1d11e}b"), Some(1..3));
        assert_eq!(found("\u{1d11e}{2}", "", "\u{1d11e}\u{1d11e}"), None);
        assert_eq!(found("\u{1d11e}{2}", "u", "\u{1d11e}\u{1d11e}"), Some(0..4));
    }

    #[test]
    fn a_search_passes_over_places_where_nothing_can_begin() {
        assert_eq!(found(r"\b\d+\b", "", "a1 22 b", 0), Some(3..5));
        assert_eq!(found("^a", "", "ba", 1), None);
        assert_eq!(found("^a", "m", "b\na", 0), Some(2..3));
        assert_eq!(found("K", "i", "look", 0), Some(3..4));
    }
}
