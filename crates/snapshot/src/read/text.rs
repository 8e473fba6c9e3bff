//! The rest of a file: the list of strings, and values that only have to be skipped.

use super::{Problem, Result};
use crate::strings::Strings;

/// Counts brackets until a value is over.
#[derive(Clone, Debug, Default)]
pub(super) struct Balance {
    depth: u64,
    in_string: bool,
    escaped: bool,
    begun: bool,
    closed: bool,
}

impl Balance {
    /// How many of the bytes belong to the value.
    pub(super) fn skip(&mut self, bytes: &[u8]) -> usize {
        for (at, &byte) in bytes.iter().enumerate() {
            if self.in_string {
                match byte {
                    _ if self.escaped => self.escaped = false,
                    b'\\' => self.escaped = true,
                    b'"' => self.in_string = false,
                    _ => {}
                }
                continue;
            }
            if self.depth == 0 && self.begun && (matches!(byte, b',' | b'}' | b']')) {
                self.closed = true;
                return at;
            }
            match byte {
                b'"' => self.in_string = true,
                b'[' | b'{' => self.depth += 1,
                b']' | b'}' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
            self.begun |= !byte.is_ascii_whitespace();
        }
        bytes.len()
    }

    /// Whether the value is over.
    pub(super) const fn is_closed(&self) -> bool {
        self.closed
    }
}

/// What may come next in the list of strings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
enum Expect {
    #[default]
    Open,
    FirstString,
    String,
    Inside,
    Separator,
    Nothing,
}

/// The list of strings.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    expect: Expect,
}

impl List {
    /// Reads as much as there is. How many bytes were used, and what is wrong with the next one.
    pub(super) fn read(&mut self, bytes: &[u8], strings: &mut Strings) -> (usize, Result) {
        let mut at = 0;
        while self.expect != Expect::Nothing {
            if self.expect == Expect::Inside {
                match inside(&bytes[at..], strings) {
                    Ok((used, over)) => {
                        at += used;
                        if !over {
                            return (at, Ok(()));
                        }
                        strings.end();
                        self.expect = Expect::Separator;
                    }
                    Err(problem) => return (at, Err(problem)),
                }
                continue;
            }
            let Some(&found) = bytes.get(at) else { return (at, Ok(())) };
            self.expect = match (self.expect, found) {
                (expect, b' ' | b'\n' | b'\r' | b'\t') => expect,
                (Expect::Open, b'[') => Expect::FirstString,
                (Expect::FirstString | Expect::String, b'"') => Expect::Inside,
                (Expect::Separator, b',') => Expect::String,
                (Expect::FirstString | Expect::Separator, b']') => Expect::Nothing,
                (expect, found) => {
                    let wanted = match expect {
                        Expect::Open => "'['",
                        Expect::Separator => "',' or ']'",
                        _ => "a string",
                    };
                    return (at, Err(Problem::Unexpected { found, wanted }));
                }
            };
            at += 1;
        }
        (at, Ok(()))
    }

    /// Whether the list is over.
    pub(super) fn is_closed(&self) -> bool {
        self.expect == Expect::Nothing
    }
}

/// The inside of a string: how many bytes were used, and whether the closing quote was among them. Stops before an
/// escape or a character that is not complete yet.
fn inside(bytes: &[u8], strings: &mut Strings) -> Result<(usize, bool)> {
    let mut at = 0;
    loop {
        let rest = &bytes[at..];
        let plain = memchr::memchr2(b'"', b'\\', rest);
        at += text(&rest[..plain.unwrap_or(rest.len())], plain.is_some(), strings);
        let Some(plain) = plain else { return Ok((at, false)) };
        if rest[plain] == b'"' {
            return Ok((at + 1, true));
        }
        match escape(&rest[plain..])? {
            Some((character, used)) => {
                strings.extend(character.encode_utf8(&mut [0; 4]));
                at += used;
            }
            None => return Ok((at, false)),
        }
    }
}

/// Plain characters; what is no UTF-8 becomes U+FFFD. `whole`: a character cannot go on after these bytes.
fn text(mut bytes: &[u8], whole: bool, strings: &mut Strings) -> usize {
    let mut used = 0;
    loop {
        let error = match std::str::from_utf8(bytes) {
            Ok(text) => {
                strings.extend(text);
                return used + bytes.len();
            }
            Err(error) => error,
        };
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        strings.extend(std::str::from_utf8(valid).unwrap_or_default());
        used += valid.len();
        let bad = match error.error_len() {
            Some(length) => length,
            None if whole => rest.len(),
            None => return used,
        };
        strings.extend("\u{FFFD}");
        used += bad;
        bytes = &rest[bad..];
    }
}

/// An escape at the start of the bytes; none if it is not complete yet. Half a surrogate pair becomes U+FFFD.
fn escape(bytes: &[u8]) -> Result<Option<(char, usize)>> {
    let Some(&letter) = bytes.get(1) else { return Ok(None) };
    let simple = match letter {
        b'"' | b'\\' | b'/' => char::from(letter),
        b'b' => '\u{8}',
        b'f' => '\u{C}',
        b'n' => '\n',
        b'r' => '\r',
        b't' => '\t',
        b'u' => return unicode_escape(bytes),
        found => return Err(Problem::Unexpected { found, wanted: "an escape" }),
    };
    Ok(Some((simple, 2)))
}

fn unicode_escape(bytes: &[u8]) -> Result<Option<(char, usize)>> {
    let Some(high) = code_unit(bytes)? else { return Ok(None) };
    if !(0xD800..0xDC00).contains(&high) {
        return Ok(Some((char::from_u32(high).unwrap_or('\u{FFFD}'), 6)));
    }
    let second = bytes.get(6..).unwrap_or_default();
    let begins = second.starts_with(b"\\u") || second.is_empty() || second == b"\\";
    if second.len() < 6 && begins {
        return Ok(None);
    }
    let low = if second.starts_with(b"\\u") { code_unit(second)?.unwrap_or(0) } else { 0 };
    if !(0xDC00..0xE000).contains(&low) {
        return Ok(Some(('\u{FFFD}', 6)));
    }
    let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
    Ok(Some((char::from_u32(code).unwrap_or('\u{FFFD}'), 12)))
}

/// The four digits of `\uXXXX`.
fn code_unit(bytes: &[u8]) -> Result<Option<u32>> {
    let Some(digits) = bytes.get(2..6) else { return Ok(None) };
    let mut unit = 0;
    for &digit in digits {
        let Some(value) = char::from(digit).to_digit(16) else {
            return Err(Problem::Unexpected { found: digit, wanted: "a hexadecimal digit" });
        };
        unit = unit << 4 | value;
    }
    Ok(Some(unit))
}
