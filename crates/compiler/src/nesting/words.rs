//! Names and keywords.

use super::levels::{Kind, Level, Parens};
use super::text::unescape;
use super::{Before, HEAVY, LIGHT, Reader, Step};

/// What words mean that are no names everywhere; those that mean the same here are one.
#[derive(Clone, Copy, PartialEq)]
enum Keyword {
    Async,
    Await,
    Case,
    Catch,
    Class,
    Do,
    Else,
    Export,
    Extends,
    Finally,
    For,
    Function,
    /// And `with`.
    If,
    Import,
    /// And `instanceof`.
    In,
    Jump,
    Let,
    Of,
    /// `typeof` and its like.
    Prefix,
    Return,
    Switch,
    Try,
    Var,
    While,
    Yield,
}

/// In the order of the alphabet.
const KEYWORDS: [(&str, Keyword); 36] = [
    ("async", Keyword::Async),
    ("await", Keyword::Await),
    ("break", Keyword::Jump),
    ("case", Keyword::Case),
    ("catch", Keyword::Catch),
    ("class", Keyword::Class),
    ("const", Keyword::Var),
    ("continue", Keyword::Jump),
    ("debugger", Keyword::Jump),
    ("default", Keyword::Case),
    ("delete", Keyword::Prefix),
    ("do", Keyword::Do),
    ("else", Keyword::Else),
    ("export", Keyword::Export),
    ("extends", Keyword::Extends),
    ("finally", Keyword::Finally),
    ("for", Keyword::For),
    ("function", Keyword::Function),
    ("if", Keyword::If),
    ("import", Keyword::Import),
    ("in", Keyword::In),
    ("instanceof", Keyword::In),
    ("let", Keyword::Let),
    ("new", Keyword::Prefix),
    ("of", Keyword::Of),
    ("return", Keyword::Return),
    ("switch", Keyword::Switch),
    ("throw", Keyword::Return),
    ("try", Keyword::Try),
    ("typeof", Keyword::Prefix),
    ("using", Keyword::Let),
    ("var", Keyword::Var),
    ("void", Keyword::Prefix),
    ("while", Keyword::While),
    ("with", Keyword::If),
    ("yield", Keyword::Yield),
];

fn keyword_of(text: &str) -> Option<Keyword> {
    let at = KEYWORDS.binary_search_by(|(word, _)| (*word).cmp(text)).ok()?;
    Some(KEYWORDS[at].1)
}

impl Reader<'_> {
    pub(super) fn word(&mut self) -> Step {
        let is_escaped = self.skip_word();
        let source = self.source;
        let text = &source[self.start..self.at];
        let keyword = if is_escaped { keyword_of(&unescape(text)) } else { keyword_of(text) };
        let Some(keyword) = keyword else { return self.name() };
        if is_escaped {
            self.doubt();
        }
        if self.before == Before::Dot {
            return self.name();
        }
        let Level { kind, in_value, .. } = self.level;
        let is_name = match kind {
            Kind::Object => !in_value,
            Kind::Class => !in_value || (self.can_insert_semicolon() && keyword != Keyword::In),
            _ => false,
        };
        if is_name {
            return self.name();
        }
        self.keyword(keyword)
    }

    #[inline(never)]
    fn name(&mut self) -> Step {
        match self.before {
            Before::Jump if !self.newline => return Ok(()), // a label
            Before::Dot => {}
            Before::Let => self.declare(),
            _ => self.insert_semicolon(),
        }
        self.before = Before::Operand;
        Ok(())
    }

    #[inline(never)]
    fn keyword(&mut self, keyword: Keyword) -> Step {
        if self.before == Before::Let && keyword != Keyword::In {
            self.declare();
        }
        match keyword {
            Keyword::In => return self.operator(LIGHT),
            Keyword::Of => {
                let is_operator = self.level.kind == Kind::Parens(Parens::For)
                    && matches!(self.before, Before::Operand | Before::Async { .. });
                return if is_operator { self.operator(LIGHT) } else { self.name() };
            }
            Keyword::Else => {
                self.resume_statement();
                self.before = Before::Start;
                return Ok(());
            }
            Keyword::Catch | Keyword::Finally => {
                self.resume_statement();
                self.before =
                    if keyword == Keyword::Catch { Before::Header(Parens::Header) } else { Before::Start };
                return Ok(());
            }
            Keyword::While
                if self.level.dos > 0 && !matches!(self.before, Before::Start | Before::Operator) =>
            {
                self.resume_statement();
                self.level.dos -= 1;
                self.before = Before::Header(Parens::DoWhile);
                return Ok(());
            }
            Keyword::Await if matches!(self.before, Before::Header(_)) => return Ok(()),
            Keyword::Extends => {
                self.before = Before::Operator;
                return Ok(());
            }
            _ => self.insert_semicolon(),
        }
        match keyword {
            Keyword::If | Keyword::While | Keyword::For => {
                self.add_header()?;
                let parens = if keyword == Keyword::For { Parens::For } else { Parens::Header };
                self.before = Before::Header(parens);
            }
            Keyword::Switch => self.before = Before::Header(Parens::Header),
            Keyword::Do => {
                self.add_header()?;
                self.level.dos += 1;
                self.before = Before::Start;
            }
            Keyword::Try => self.before = Before::Start,
            Keyword::Case => {
                self.end_statement();
                self.level.in_case = true;
                self.before = Before::Operator;
            }
            Keyword::Function | Keyword::Class => {
                let is_statement =
                    self.is_statement_start() || self.before == Before::Async { is_start: true };
                let is_expression = !is_statement;
                self.push(match keyword {
                    Keyword::Class => Kind::ClassHead { is_expression },
                    _ => Kind::FunctionHead { is_expression },
                })?;
                // The name, if there is one.
                self.before = Before::Let;
            }
            Keyword::Prefix => return self.operator(HEAVY),
            Keyword::Await | Keyword::Yield => {
                self.add(HEAVY)?;
                self.before = if keyword == Keyword::Await { Before::Await } else { Before::Yield };
            }
            Keyword::Return => self.before = Before::Return,
            Keyword::Jump => self.before = Before::Jump,
            Keyword::Var => {
                self.declare();
                self.before = Before::Operator;
            }
            Keyword::Let => self.before = Before::Let,
            Keyword::Async => self.before = Before::Async { is_start: self.is_statement_start() },
            Keyword::Export => {
                self.doubt();
                self.before = Before::Operator;
            }
            _ => {
                // `import`: a call, a property of it or a declaration
                let after = self.rest().iter().find(|byte| !byte.is_ascii_whitespace());
                if !matches!(after, Some(b'(' | b'.')) {
                    self.doubt();
                }
                self.before = Before::Operand;
            }
        }
        Ok(())
    }
}
