//! The characters of the source: spaces, comments and words.

use super::Reader;

impl<'a> Reader<'a> {
    pub(super) fn peek(&self, ahead: usize) -> Option<u8> {
        self.bytes.get(self.at + ahead).copied()
    }

    pub(super) fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    pub(super) fn skip_while(&mut self, is_part: impl Fn(u8) -> bool) {
        while self.peek(0).is_some_and(&is_part) {
            self.at += 1;
        }
    }

    pub(super) fn skip_digits(&mut self) {
        self.skip_while(|byte| byte.is_ascii_digit() || byte == b'_');
    }

    pub(super) fn skip_line(&mut self) {
        let rest = self.rest();
        self.at += (0..rest.len()).find(|&at| is_line_end(&rest[at..])).unwrap_or(rest.len());
    }

    pub(super) fn skip_comment(&mut self) {
        let rest = self.rest();
        let end = rest[2..].windows(2).position(|pair| pair == b"*/").map_or(rest.len(), |at| at + 4);
        self.newline |= (0..end).any(|at| is_line_end(&rest[at..]));
        self.at += end;
    }

    /// Leaves what may be a part of a name.
    pub(super) fn skip_unicode_space(&mut self) -> bool {
        let Some(char) = self.char() else { return false };
        let is_space = is_unicode_space(char);
        if is_space {
            self.newline |= matches!(char, '\u{2028}' | '\u{2029}');
            self.at += char.len_utf8();
        }
        is_space
    }

    pub(super) fn char(&self) -> Option<char> {
        self.source.get(self.at..)?.chars().next()
    }

    /// Whether there was an escape in it.
    pub(super) fn skip_word(&mut self) -> bool {
        let mut is_escaped = false;
        self.at += usize::from(self.peek(0) == Some(b'#'));
        while let Some(byte) = self.peek(0) {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'$' | b'_' => self.at += 1,
                b'\\' => {
                    is_escaped = true;
                    self.at += 1;
                    if self.rest().starts_with(b"u{") {
                        self.at += 2;
                        self.skip_while(|byte| byte.is_ascii_hexdigit());
                        self.at += usize::from(self.peek(0) == Some(b'}'));
                    }
                }
                0x80.. => match self.char() {
                    Some(char) if !is_unicode_space(char) => self.at += char.len_utf8(),
                    _ => break,
                },
                _ => break,
            }
        }
        is_escaped
    }
}

pub(super) fn is_line_end(rest: &[u8]) -> bool {
    match rest[0] {
        b'\n' | b'\r' => true,
        0xE2 => matches!(rest, [_, 0x80, 0xA8 | 0xA9, ..]),
        _ => false,
    }
}

pub(super) fn is_unicode_space(char: char) -> bool {
    char.is_whitespace() || char == '\u{FEFF}'
}

/// Behind the slash that ends the pattern, if it ends on this line.
pub(super) fn regular_expression_end(rest: &[u8]) -> Option<usize> {
    let mut in_class = false;
    let mut at = 1;
    while at < rest.len() && !is_line_end(&rest[at..]) {
        match rest[at] {
            // An escaped end of a line is one too.
            b'\\' if rest.get(at + 1..).is_some_and(|rest| !rest.is_empty() && !is_line_end(rest)) => at += 1,
            b'[' => in_class = true,
            b']' => in_class = false,
            b'/' if !in_class => return Some(at + 1),
            _ => {}
        }
        at += 1;
    }
    None
}

/// The name that is written with `\u0061` or `\u{61}` in it.
pub(super) fn unescape(text: &str) -> String {
    let mut parts = text.split("\\u");
    let mut name = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (code, rest) = match part.strip_prefix('{') {
            Some(part) => part.split_once('}').unwrap_or((part, "")),
            None => part.split_at_checked(4).unwrap_or((part, "")),
        };
        name.extend(u32::from_str_radix(code, 16).ok().and_then(char::from_u32));
        name.push_str(rest);
    }
    name
}
