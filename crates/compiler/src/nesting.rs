//! No source may exhaust the stack: the parser, the analysis and this compiler recurse over the syntax tree. A reading
//! by tokens, without a grammar, bounds the tree's depth before there is a tree.
//!
//! Every open bracket is a level, and so are the heads of functions and classes. What is pending at a level weighs:
//! operators, prefixes, headers of statements. It is forgotten where the tree begins a sibling, at a comma or at the
//! end of a statement, and nowhere else. A closed level leaves its height, for what still comes may enclose it.
//! (Functions of several callers are kept from being inlined: a widget downloads all this.)

mod levels;
mod literal;
mod text;
mod words;

use levels::{Kind, Level, Parens};

use super::Result;
use crate::diagnostic::{Diagnostic, DiagnosticKind};

/// How much the open levels may weigh together.
const LIMIT: u32 = 2000;
/// What recurses through the whole grammar of expressions or statements.
const HEAVY: u32 = 4;
/// What the tree nests to the left: the parser takes it in a loop.
const LIGHT: u32 = 1;

/// Refuses a source whose syntax tree may be too deep.
pub(super) fn refuse_too_deep(source: &str) -> Result<()> {
    Reader::new(source).read().map_err(|refusal| {
        let (message, at) = match refusal {
            Refusal::TooDeep(at) => ("SyntaxError: the source nests too deeply to be read", at),
            Refusal::Slash(at) => ("SyntaxError: this slash may divide or begin a regular expression", at),
            Refusal::Unclear(at) => ("SyntaxError: Unexpected token", at),
        };
        Diagnostic::at(DiagnosticKind::Unsupported, message, source, at as u32, at as u32)
    })
}

enum Refusal {
    TooDeep(usize),
    /// Which may divide or begin a regular expression.
    Slash(usize),
    /// What makes such a slash unclear.
    Unclear(usize),
}

/// What the token before means for the next one.
#[derive(Clone, Copy, PartialEq)]
enum Before {
    /// A statement begins.
    Start,
    /// A statement has ended, another one or the rest of this one begins.
    End,
    /// An operand must follow.
    Operator,
    /// An operand has ended.
    Operand,
    /// The body of an arrow function has ended: nothing can be applied to it.
    ArrowEnd,
    Arrow,
    /// A name must follow, or the bracket of an optional call or index.
    Dot,
    Header(Parens),
    /// `return` and `throw`: their operand is on the same line.
    Return,
    /// `break`, `continue` and `debugger`, with their label.
    Jump,
    Yield,
    Await,
    Let,
    Async {
        is_start: bool,
    },
}

struct Reader<'a> {
    source: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Where the token began.
    start: usize,
    /// Where the token before ended.
    ended: usize,
    level: Level,
    /// The open levels around it.
    outer: Vec<Level>,
    /// The weight of all open levels.
    open: u32,
    before: Before,
    /// A line has begun since the token before.
    newline: bool,
    /// Where there was syntax that this reader does not follow. It is an error, or nearly, but does not stop the parser.
    doubt: Option<usize>,
}

type Step = std::result::Result<(), Refusal>;

impl<'a> Reader<'a> {
    fn new(source: &'a str) -> Self {
        Self {
            source,
            bytes: source.as_bytes(),
            at: 0,
            start: 0,
            ended: 0,
            level: Level::new(Kind::Block),
            outer: Vec::new(),
            open: 0,
            before: Before::Start,
            newline: true,
            doubt: None,
        }
    }

    fn read(&mut self) -> Step {
        if self.source.starts_with('\u{FEFF}') {
            self.at = '\u{FEFF}'.len_utf8();
        }
        if self.rest().starts_with(b"#!") {
            self.skip_line();
        }
        while let Some(byte) = self.peek(0) {
            self.start = self.at;
            match byte {
                b' ' | b'\t' | 0x0B | 0x0C => self.at += 1,
                b'\n' | b'\r' => {
                    self.at += 1;
                    self.newline = true;
                }
                b'/' if self.peek(1) == Some(b'/') => self.skip_line(),
                b'/' if self.peek(1) == Some(b'*') => self.skip_comment(),
                b'<' if self.rest().starts_with(b"<!--") => self.skip_line(),
                b'-' if self.newline && self.rest().starts_with(b"-->") => self.skip_line(),
                0x80.. if self.skip_unicode_space() => {}
                _ => {
                    self.token(byte)?;
                    self.newline = false;
                    self.ended = self.at;
                }
            }
        }
        Ok(())
    }

    fn token(&mut self, byte: u8) -> Step {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'$' | b'_' | b'\\' | b'#' | 0x80.. => self.word(),
            b'0'..=b'9' => self.number(),
            b'.' if self.peek(1).is_some_and(|next| next.is_ascii_digit()) => self.number(),
            b'"' | b'\'' => self.string(byte),
            b'`' => {
                if self.is_after_operand() {
                    self.add(LIGHT)?;
                }
                self.at += 1;
                self.template()
            }
            b'(' | b'[' | b'{' => self.opening(byte),
            b')' | b']' | b'}' => self.closing(),
            b'/' => self.slash(),
            _ => self.punctuator(byte),
        }
    }

    // Between tokens.

    fn is_after_operand(&self) -> bool {
        matches!(self.before, Before::Operand | Before::Dot | Before::Let | Before::Async { .. })
    }

    fn is_statement_start(&self) -> bool {
        matches!(self.before, Before::Start | Before::End)
    }

    /// Whether a token that cannot continue an expression begins a statement here: after a line's end.
    fn can_insert_semicolon(&self) -> bool {
        use Before::{ArrowEnd, Async, Jump, Operand, Return, Yield};
        self.newline && matches!(self.before, Operand | ArrowEnd | Return | Jump | Yield | Async { .. })
    }

    #[inline(never)]
    fn insert_semicolon(&mut self) {
        if self.can_insert_semicolon() {
            self.end_statement();
        }
    }

    fn doubt(&mut self) {
        self.doubt.get_or_insert(self.start);
    }

    // Tokens.

    #[inline(never)]
    fn operator(&mut self, weight: u32) -> Step {
        self.add(weight)?;
        self.level.in_binding = false;
        self.before = Before::Operator;
        Ok(())
    }

    #[inline(never)]
    fn punctuator(&mut self, byte: u8) -> Step {
        match byte {
            b';' => {
                self.at += 1;
                self.end_statement();
                if matches!(self.level.kind, Kind::Parens(_)) {
                    self.before = Before::Operator;
                }
                Ok(())
            }
            b',' => {
                self.at += 1;
                let level = &mut self.level;
                level.in_value &= level.kind != Kind::Object;
                level.in_binding = level.in_declaration;
                let base = level.base;
                self.sibling(base);
                self.before = Before::Operator;
                Ok(())
            }
            b':' => {
                self.at += 1;
                self.colon()
            }
            b'.' => {
                let is_spread = self.rest().starts_with(b"...");
                self.at += if is_spread { 3 } else { 1 };
                if is_spread {
                    self.level.in_value = true;
                    return self.operator(LIGHT);
                }
                self.add(LIGHT)?;
                self.before = Before::Dot;
                Ok(())
            }
            b'?' => self.question(),
            b'+' | b'-' if self.peek(1) == Some(byte) => {
                self.at += 2;
                if self.is_after_operand() && !self.newline {
                    self.before = Before::Operand;
                    return self.add(LIGHT);
                }
                self.insert_semicolon();
                self.operator(HEAVY)
            }
            b'@' => {
                self.at += 1;
                self.doubt();
                self.operator(LIGHT)
            }
            _ => self.other_operator(byte),
        }
    }

    /// `+`, `**=`, `=>`, `!` and so on.
    fn other_operator(&mut self, byte: u8) -> Step {
        let same = self.rest().iter().take(4).take_while(|next| **next == byte).count();
        let is_assignment = match byte {
            b'=' => same == 1,
            b'<' | b'>' => same > 1 && self.peek(same) == Some(b'='),
            b'!' => false,
            _ => self.peek(same) == Some(b'='),
        };
        match (byte, self.peek(1)) {
            (b'=', Some(b'>')) => {
                self.at += 2;
                self.operator(HEAVY)?;
                self.before = Before::Arrow;
                return Ok(());
            }
            (b'!', Some(b'=')) | (b'=', Some(b'=')) => {
                self.at += if self.peek(2) == Some(b'=') { 3 } else { 2 };
                return self.operator(LIGHT);
            }
            (b'!' | b'~', _) => {
                self.at += 1;
                self.insert_semicolon();
                return self.operator(HEAVY);
            }
            _ => {}
        }
        if is_assignment {
            self.at += if byte == b'=' { 1 } else { same + 1 };
            self.level.in_value = true;
            return self.operator(HEAVY);
        }
        // One sign at a time where they may be prefixes.
        let is_prefix = matches!(byte, b'+' | b'-');
        let is_compared = matches!(byte, b'<' | b'>') && self.peek(same) == Some(b'=');
        self.at += if is_prefix { 1 } else { same + usize::from(is_compared) };
        let nests_to_the_right = (is_prefix && !self.is_after_operand()) || (byte == b'*' && same == 2);
        self.operator(if nests_to_the_right { HEAVY } else { LIGHT })
    }

    fn question(&mut self) -> Step {
        match (self.peek(1), self.peek(2)) {
            (Some(b'.'), after) if !after.is_some_and(|after| after.is_ascii_digit()) => {
                self.at += 2;
                self.add(LIGHT)?;
                self.before = Before::Dot;
                Ok(())
            }
            (Some(b'?'), Some(b'=')) => {
                self.at += 3;
                self.operator(HEAVY)
            }
            (Some(b'?'), _) => {
                self.at += 2;
                self.operator(LIGHT)
            }
            _ => {
                self.at += 1;
                self.level.questions += 1;
                self.operator(HEAVY)
            }
        }
    }

    fn colon(&mut self) -> Step {
        self.before = Before::Operator;
        let level = &mut self.level;
        if level.questions > 0 {
            level.questions -= 1;
        } else if level.kind == Kind::Object {
            level.in_value = true;
        } else if std::mem::take(&mut level.in_case) {
            self.end_statement();
        } else {
            self.before = Before::Start;
            return self.add_header(); // a label
        }
        Ok(())
    }

    #[inline(never)]
    fn opening(&mut self, byte: u8) -> Step {
        self.at += 1;
        let kind = match byte {
            b'(' => match self.before {
                Before::Header(parens) => Kind::Parens(parens),
                _ => Kind::Parens(Parens::Plain),
            },
            b'[' => Kind::Brackets,
            _ => self.brace(),
        };
        if self.before == Before::Let && matches!(kind, Kind::Object | Kind::Brackets) {
            if self.newline {
                self.doubt();
            }
            self.declare();
        } else if byte != b'{' && self.is_after_operand() {
            self.add(LIGHT)?;
        }
        self.push(kind)?;
        let begins_statement = matches!(kind, Kind::Block | Kind::Arrow | Kind::Class);
        self.before = if begins_statement { Before::Start } else { Before::Operator };
        Ok(())
    }

    fn brace(&mut self) -> Kind {
        let kind = self.level.kind;
        match (self.before, kind) {
            (Before::Arrow, _) => Kind::Arrow,
            (Before::Operator, _) => Kind::Object,
            (_, Kind::FunctionHead { .. }) => Kind::Block,
            (_, Kind::ClassHead { .. }) => Kind::Class,
            (Before::Return | Before::Yield, _) if !self.newline => Kind::Object,
            (Before::Await, _) => {
                if self.newline {
                    self.doubt();
                }
                Kind::Object
            }
            (Before::Let, _) => Kind::Object,
            _ => {
                self.insert_semicolon();
                Kind::Block
            }
        }
    }

    #[inline(never)]
    fn closing(&mut self) -> Step {
        self.at += 1;
        match self.pop() {
            Kind::Block | Kind::Class => self.end_body(),
            Kind::Arrow => self.before = Before::ArrowEnd,
            Kind::Template => return self.template(),
            Kind::Parens(Parens::Header | Parens::For) => self.before = Before::Start,
            Kind::Parens(Parens::DoWhile) => self.end_statement(),
            _ => self.before = Before::Operand,
        }
        Ok(())
    }

    fn end_body(&mut self) {
        match self.level.kind {
            Kind::FunctionHead { is_expression } | Kind::ClassHead { is_expression } => {
                self.pop();
                if is_expression {
                    self.before = Before::Operand;
                } else {
                    self.end_statement();
                }
            }
            _ => self.end_statement(),
        }
    }
}

#[cfg(test)]
mod tests;
