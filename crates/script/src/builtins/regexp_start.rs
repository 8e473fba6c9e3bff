//! With which characters a match of a regular expression can begin, so that a search need not try everywhere.
//!
//! A conservative reading of the pattern: what it does not understand, it says can begin anywhere. Only ASCII is told
//! apart; every other code unit may begin a match.

/// Where matches can begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Start {
    /// At the beginning of the text only.
    pub is_beginning: bool,
    /// At these ASCII characters (one bit each), or at any other code unit. None: anywhere.
    set: Option<u128>,
}

impl Start {
    /// What a pattern says. `ignore_case` and `multiline` are its flags.
    pub fn of(pattern: &[u16], ignore_case: bool, multiline: bool) -> Self {
        let mut reader = Reader { pattern, at: 0, multiline };
        match reader.alternatives() {
            Some(First { set, nullable, anchored }) if reader.at == pattern.len() => {
                let set = if ignore_case { both_cases(set) } else { set };
                Self { is_beginning: anchored, set: (!nullable).then_some(set) }
            }
            _ => Self { is_beginning: false, set: None },
        }
    }

    /// The first place at or after `from` where a match can begin, or if it `is_there` that place only.
    pub fn next<T: Copy + Into<u32>>(self, units: &[T], from: usize, is_there: bool) -> Option<usize> {
        if self.is_beginning && from > 0 {
            return None;
        }
        let Some(set) = self.set else { return Some(from) };
        // Two words: a shift of 128 bits is a call in WebAssembly.
        let halves = [set as u64, (set >> 64) as u64];
        let can_begin = |&unit: &T| {
            let unit: u32 = unit.into();
            halves.get(unit as usize / 64).is_none_or(|half| half >> (unit % 64) & 1 != 0)
        };
        let rest = units.get(from..)?;
        if self.is_beginning || is_there {
            return rest.first().filter(|unit| can_begin(unit)).map(|_| from);
        }
        rest.iter().position(can_begin).map(|at| from + at)
    }
}

/// What a part of a pattern can begin with.
#[derive(Clone, Copy, Default)]
struct First {
    set: u128,
    /// It may match without a character.
    nullable: bool,
    /// It begins with `^`.
    anchored: bool,
}

const ALL: u128 = u128::MAX;

const fn range(from: u8, to: u8) -> u128 {
    let (mut set, mut at) = (0, from);
    while at <= to {
        set |= 1 << at;
        at += 1;
    }
    set
}

const DIGITS: u128 = range(b'0', b'9');
const UPPER: u128 = range(b'A', b'Z');
const LOWER: u128 = range(b'a', b'z');
const WORD: u128 = DIGITS | UPPER | LOWER | 1 << b'_';
const SPACE: u128 = range(9, 13) | 1 << b' ';

/// With the other case of each letter. Some letters beyond ASCII fold to ASCII ones; they may begin a match anyway.
fn both_cases(set: u128) -> u128 {
    set | (set & UPPER) << 32 | (set & LOWER) >> 32
}

/// The set of one character. One beyond ASCII may, with the flag `i`, stand for an ASCII letter too.
fn single(unit: u16) -> u128 {
    if unit < 128 { 1 << unit } else { UPPER | LOWER }
}

struct Reader<'p> {
    pattern: &'p [u16],
    at: usize,
    multiline: bool,
}

impl Reader<'_> {
    fn peek(&self) -> Option<char> {
        self.pattern.get(self.at).map(|&unit| char::from_u32(u32::from(unit)).unwrap_or('\u{fffd}'))
    }

    fn take(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// `a|b|c`, up to the end or a closing parenthesis. None: something that is not understood.
    fn alternatives(&mut self) -> Option<First> {
        let mut all = self.sequence()?;
        while self.take('|') {
            let other = self.sequence()?;
            all = First {
                set: all.set | other.set,
                nullable: all.nullable || other.nullable,
                anchored: all.anchored && other.anchored,
            };
        }
        Some(all)
    }

    fn sequence(&mut self) -> Option<First> {
        let mut whole = First { nullable: true, ..First::default() };
        while let Some(next) = self.peek().filter(|next| !matches!(next, '|' | ')')) {
            let term = self.term(next)?;
            if whole.nullable {
                whole.set |= term.set;
                whole.nullable = term.nullable;
                whole.anchored |= term.anchored;
            }
        }
        Some(whole)
    }

    /// One term with its quantifier.
    fn term(&mut self, next: char) -> Option<First> {
        let nothing = First { nullable: true, ..First::default() };
        self.at += 1;
        let mut term = match next {
            '^' => return Some(First { anchored: !self.multiline, ..nothing }),
            '$' => return Some(nothing),
            '(' => self.group()?,
            '[' => First { set: self.class()?, ..First::default() },
            '.' => First { set: ALL, ..First::default() },
            '\\' => self.escape()?,
            '*' | '+' | '?' | '{' | '}' | ']' => return None,
            other => First { set: single(other as u16), ..First::default() },
        };
        match self.peek() {
            Some('*' | '?') => {
                self.at += 1;
                term.nullable = true;
            }
            Some('+') => self.at += 1,
            Some('{') => term.nullable |= self.bounds()? == 0,
            _ => return Some(term),
        }
        self.take('?');
        // A quantified anchor may not have been met.
        term.anchored = term.anchored && !term.nullable;
        Some(term)
    }

    /// `{n}`, `{n,}` or `{n,m}`: n.
    fn bounds(&mut self) -> Option<u32> {
        self.at += 1;
        let mut least = 0u32;
        while let Some(digit) = self.peek().and_then(|digit| digit.to_digit(10)) {
            least = least.checked_mul(10)?.checked_add(digit)?;
            self.at += 1;
        }
        while let Some(',' | '0'..='9') = self.peek() {
            self.at += 1;
        }
        self.take('}').then_some(least)
    }

    /// After an opening parenthesis.
    fn group(&mut self) -> Option<First> {
        let mut looks = false;
        if self.take('?') {
            match (self.peek()?, self.pattern.get(self.at + 1).map(|&unit| unit as u8)) {
                (':', _) => self.at += 1,
                ('=' | '!', _) => (self.at, looks) = (self.at + 1, true),
                ('<', Some(b'=' | b'!')) => (self.at, looks) = (self.at + 2, true),
                ('<', _) => {
                    let name = self.pattern[self.at..].iter().position(|&unit| unit == b'>'.into())?;
                    self.at += name + 1;
                }
                _ => return None,
            }
        }
        let inside = self.alternatives()?;
        let inside = if looks { First { nullable: true, ..First::default() } } else { inside };
        self.take(')').then_some(inside)
    }

    /// After an opening bracket.
    fn class(&mut self) -> Option<u128> {
        let negated = self.take('^');
        let mut set = 0;
        loop {
            let (low, is_set) = match self.peek()? {
                ']' => {
                    self.at += 1;
                    return Some(if negated { !set } else { set });
                }
                // Sets within sets (flag v) are not for us.
                '[' => return None,
                '\\' => {
                    self.at += 1;
                    self.class_escape(negated)?
                }
                _ => {
                    let unit = self.pattern[self.at];
                    self.at += 1;
                    (self.class_unit(unit, negated), unit >= 128)
                }
            };
            let is_range = self.peek() == Some('-') && self.pattern.get(self.at + 1) != Some(&b']'.into());
            if !is_range {
                set |= low;
                continue;
            }
            let high = *self.pattern.get(self.at + 1)?;
            if is_set || low.count_ones() != 1 || high >= 128 || high == b'\\'.into() || high == b'-'.into() {
                return None;
            }
            set |= range(low.trailing_zeros() as u8, high as u8);
            self.at += 2;
        }
    }

    /// A character beyond ASCII keeps nothing out of a negated class.
    fn class_unit(&self, unit: u16, negated: bool) -> u128 {
        if unit >= 128 && negated { 0 } else { single(unit) }
    }

    /// The set of an escape in a class, and whether it can be no end of a range.
    fn class_escape(&mut self, negated: bool) -> Option<(u128, bool)> {
        let letter = self.peek()?;
        self.at += 1;
        Some(match letter {
            'd' => (DIGITS, true),
            'w' => (WORD, true),
            's' => (SPACE, true),
            'D' => (!DIGITS, true),
            'W' => (!WORD, true),
            'S' => (!SPACE, true),
            'n' => (1 << b'\n', false),
            'r' => (1 << b'\r', false),
            't' => (1 << b'\t', false),
            // A letter that means something else, which is not worth reading.
            letter if letter.is_ascii_alphanumeric() => return None,
            letter => (self.class_unit(letter as u16, negated), true),
        })
    }

    /// After a backslash, outside of a class.
    fn escape(&mut self) -> Option<First> {
        let letter = self.peek()?;
        if matches!(letter, 'b' | 'B') {
            self.at += 1;
            return Some(First { nullable: true, ..First::default() });
        }
        let (set, _) = self.class_escape(false)?;
        Some(First { set, ..First::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start(pattern: &str, flags: &str) -> Start {
        let units: Vec<u16> = pattern.encode_utf16().collect();
        Start::of(&units, flags.contains('i'), flags.contains('m'))
    }

    fn at(characters: &str) -> Start {
        let set = characters.bytes().fold(0, |set, byte| set | 1 << byte);
        Start { is_beginning: false, set: Some(set) }
    }

    #[test]
    fn patterns_that_are_understood() {
        assert_eq!(start("abc", ""), at("a"));
        assert_eq!(start("abc", "i"), at("aA"));
        assert_eq!(start("a|b", ""), at("ab"));
        assert_eq!(start("^a", ""), Start { is_beginning: true, ..at("a") });
        assert_eq!(start("^a|^b", ""), Start { is_beginning: true, ..at("ab") });
        assert_eq!(start("^a*", ""), Start { is_beginning: true, set: None });
        assert_eq!(start("^a|b", ""), at("ab"));
        assert_eq!(start("(^a)?b", ""), at("ab"));
        assert_eq!(start(r"\b(?:\d{1,3}\.){3}", ""), at("0123456789"));
        assert_eq!(start("a*b", ""), at("ab"));
        assert_eq!(start("[a-c]+d", ""), at("abc"));
        assert_eq!(start("(?=x)(?<name>y)", ""), at("y"));
        assert_eq!(start("[^a]", "").next(b"aab", 0, false), Some(2));
        assert_eq!(start("b", "").next(b"aab", 0, true), None);
        assert_eq!(start("b", "").next(b"aab", 2, true), Some(2));
        assert_eq!(start("^b", "").next(b"ab", 0, false), None);
        assert_eq!(start("^b*", "").next(b"ab", 0, false), Some(0));
        assert_eq!(start("^a", "").next(b"aa", 1, true), None);
    }

    #[test]
    fn patterns_that_can_begin_anywhere() {
        for pattern in ["", "a*", "a?|b", r"(a)\1*", r"\1", "x{0,2}", "[]", "(?i:a)", "a{,2}", r"\cA", "a|"] {
            let start = start(pattern, "");
            assert!(start.set.is_none() || start == at("a") || start.set == Some(0), "{pattern}: {start:?}");
        }
        assert_eq!(start("^a", "m"), at("a"));
        assert_eq!(start("a*", "").set, None);
    }
}
