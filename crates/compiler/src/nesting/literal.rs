//! Literals: what is in them does not nest, but for templates. And the slash, which may begin one.

use super::text::regular_expression_end;
use super::{Before, HEAVY, Kind, Reader, Refusal, Step};

impl Reader<'_> {
    pub(super) fn slash(&mut self) -> Step {
        match self.before {
            Before::Operand | Before::Let | Before::Async { .. } | Before::Dot => {
                if self.newline && self.level.in_binding {
                    return self.regular_expression();
                }
                match self.doubt {
                    Some(at) if self.newline || self.bytes[self.ended - 1] == b'}' => {
                        Err(Refusal::Unclear(at))
                    }
                    _ => self.other_operator(b'/'),
                }
            }
            Before::Yield | Before::Await => self.slash_after_yield(),
            _ => self.regular_expression(),
        }
    }

    /// `yield` and `await` are names in some functions. Where it may matter, we do not guess.
    fn slash_after_yield(&mut self) -> Step {
        let rest = self.rest();
        let Some(end) = regular_expression_end(rest) else {
            return self.other_operator(b'/');
        };
        let pattern = &rest[1..end - 1];
        let is_plain = !pattern.iter().any(|byte| b"\"'`()[]{}\\".contains(byte));
        let after = rest[end..].iter().find(|byte| !byte.is_ascii_alphabetic());
        if !is_plain || !matches!(after, Some(b'.' | b')' | b';' | b',')) {
            return Err(Refusal::Slash(self.start));
        }
        self.add(HEAVY * pattern.len() as u32)?;
        self.regular_expression()
    }

    fn regular_expression(&mut self) -> Step {
        let rest = self.rest();
        self.at += regular_expression_end(rest).unwrap_or(rest.len());
        // Its flags are read as a word.
        while self.peek(0).is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'$' | b'_')) {
            self.at += 1;
        }
        self.before = Before::Operand;
        Ok(())
    }

    pub(super) fn string(&mut self, quote: u8) -> Step {
        self.insert_semicolon();
        self.before = Before::Operand;
        self.at += 1;
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' if self.rest().starts_with(b"\\\r\n") => self.at += 3,
                b'\\' => self.at += 2,
                b'\n' | b'\r' => break,
                _ => self.at += 1,
            }
            if byte == quote {
                break;
            }
        }
        Ok(())
    }

    /// From behind the quote, or behind the bracket of `${}`, to the next of them.
    pub(super) fn template(&mut self) -> Step {
        while let Some(byte) = self.peek(0) {
            match byte {
                b'\\' => self.at += 2,
                b'`' => {
                    self.at += 1;
                    break;
                }
                b'$' if self.peek(1) == Some(b'{') => {
                    self.at += 2;
                    self.push(Kind::Template)?;
                    self.before = Before::Operator;
                    return Ok(());
                }
                _ => self.at += 1,
            }
        }
        self.before = Before::Operand;
        Ok(())
    }

    pub(super) fn number(&mut self) -> Step {
        self.insert_semicolon();
        self.before = Before::Operand;
        let has_prefix = self.peek(0) == Some(b'0')
            && self.peek(1).is_some_and(|byte| matches!(byte | 0x20, b'x' | b'o' | b'b'));
        if has_prefix {
            self.at += 2;
            self.skip_while(|byte| byte.is_ascii_hexdigit() || byte == b'_');
        } else {
            self.skip_digits();
            if self.peek(0) == Some(b'.') {
                self.at += 1;
                self.skip_digits();
            }
            if self.peek(0).is_some_and(|byte| byte | 0x20 == b'e') {
                self.at += 1;
                self.at += usize::from(matches!(self.peek(0), Some(b'+' | b'-')));
                self.skip_digits();
            }
        }
        self.at += usize::from(self.peek(0) == Some(b'n'));
        Ok(())
    }
}
