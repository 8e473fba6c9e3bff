//! Compiled regular expressions, and the search for one match: by `regress`, with what it leaves to its user. The text is
//! decoded once, not for each match; places where no match can begin are passed over; an expression with the flag `y`
//! is tried at one place only.

use std::ops::Range;
use std::rc::Rc;

use regress::{Error, Match, Regex};
use rustc_hash::FxHashMap;
use semispace_heap::Word;

use super::regexp_lazy::with_near_ends_first;
use super::regexp_start::Start;
use crate::shape::ShapeId;
use crate::vm::Vm;

/// A compiled expression, shared by all objects of the same source and flags.
#[derive(Clone, Debug)]
pub struct Program {
    /// The flags as they were given.
    pub flags: Rc<str>,
    regex: Rc<Regex>,
    start: Start,
    /// With `y`: the expression with an empty alternative behind it, so that the search ends where it begins.
    sticky: Option<Rc<Regex>>,
}

impl Program {
    /// Compiles a source; the flags are valid ones.
    ///
    /// # Errors
    /// What `regress` says of a source that is no pattern.
    pub fn compile(source: &[u16], flags: &str) -> Result<Self, Error> {
        let regex = regex(source, flags)?;
        let has_number = source
            .windows(2)
            .any(|pair| pair[0] == b'\\'.into() && pair[1] != b'0'.into() && is_digit(pair[1]));
        // A group more could give a number in the pattern another meaning.
        let sticky = if flags.contains('y') && !has_number {
            let units = |text: &str| text.encode_utf16().collect::<Vec<u16>>();
            let wrapped = [&units("(?:")[..], source, &units(")|()")[..]].concat();
            Some(Rc::new(self::regex(&wrapped, flags)?))
        } else {
            None
        };
        let start = Start::of(source, flags.contains('i'), flags.contains('m'));
        Ok(Self { flags: flags.into(), regex: Rc::new(regex), start, sticky })
    }

    /// Whether the flag `y` is set.
    pub fn is_sticky(&self) -> bool {
        self.flags.contains('y')
    }

    /// Whether the text is read by code points.
    pub fn is_unicode(&self) -> bool {
        self.flags.contains(['u', 'v'])
    }

    fn find(&self, text: &Text, from: usize) -> Option<Match> {
        if from > text.len() {
            return None;
        }
        if let Some(sticky) = &self.sticky {
            let mut found = self.first(sticky, text, from)?;
            let failed = found.captures.pop().flatten().is_some();
            return (!failed).then_some(found);
        }
        let start = match (self.is_sticky(), text) {
            (true, _) => from,
            (false, Text::Ascii(text)) => self.start.next(text.as_bytes(), from)?,
            (false, Text::Wide(units)) => self.start.next(units, from)?,
        };
        let found = self.first(&self.regex, text, start)?;
        (!self.is_sticky() || found.range.start == from).then_some(found)
    }

    fn first(&self, regex: &Regex, text: &Text, from: usize) -> Option<Match> {
        match text {
            Text::Ascii(text) => regex.find_from_ascii(text, from).next(),
            Text::Wide(units) if self.is_unicode() => regex.find_from_utf16(units, from).next(),
            Text::Wide(units) => regex.find_from_ucs2(units, from).next(),
        }
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

impl Text {
    fn units(&self) -> Vec<u16> {
        match self {
            Self::Ascii(text) => text.encode_utf16().collect(),
            Self::Wide(units) => units.clone(),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Ascii(text) => text.len(),
            Self::Wide(units) => units.len(),
        }
    }
}

/// The text that was searched last: a global search comes back to the same one for each match.
#[derive(Clone, Debug)]
struct Subject {
    string: Word,
    /// Collections before it: the next one may move the string.
    collections: u64,
    text: Rc<Text>,
}

/// The last match of any expression: what `RegExp.$1` and its like tell.
#[derive(Clone, Debug, Default)]
struct LastMatch {
    text: Option<Rc<Text>>,
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
    subject: Option<Subject>,
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
        let units = self.last.text.as_deref().map(Text::units).unwrap_or_default();
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
        let collections = self.heap.collections();
        let is_same = |last: &Subject| last.string == text && last.collections == collections;
        if !self.regexps.subject.as_ref().is_some_and(is_same) {
            let decoded = match self.latin1_bytes(text).filter(|bytes| bytes.is_ascii()) {
                Some(bytes) => Text::Ascii(String::from_utf8(bytes).unwrap_or_default()),
                None => Text::Wide(self.units(text)),
            };
            self.regexps.subject = Some(Subject { string: text, collections, text: Rc::new(decoded) });
        }
        let Programs { list, subject, last, .. } = &mut self.regexps;
        let subject = subject.as_ref()?;
        let found = list[program as usize].find(&subject.text, from)?;
        if !last.text.as_ref().is_some_and(|text| Rc::ptr_eq(text, &subject.text)) {
            last.text = Some(subject.text.clone());
        }
        last.groups.clear();
        last.groups.push(Some(found.range.clone()));
        last.groups.extend_from_slice(&found.captures);
        Some(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(source: &str, flags: &str, text: &str, from: usize) -> Option<std::ops::Range<usize>> {
        let source: Vec<u16> = source.encode_utf16().collect();
        let program = Program::compile(&source, flags).unwrap();
        let ascii = program.find(&Text::Ascii(text.to_owned()), from).map(|found| found.range);
        let wide = program.find(&Text::Wide(text.encode_utf16().collect()), from).map(|found| found.range);
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
    fn characters_beyond_the_basic_plane_are_two_units_without_the_flag_u() {
        let found = |source: &str, flags: &str, text: &str| {
            let source: Vec<u16> = source.encode_utf16().collect();
            let program = Program::compile(&source, flags).unwrap();
            program.find(&Text::Wide(text.encode_utf16().collect()), 0).map(|found| found.range)
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
